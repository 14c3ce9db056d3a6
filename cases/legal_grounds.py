"""The legal grounds a new installation starts with. The words are a start; an administrator keeps them.

domain.md F1: the Criminal Code was renumbered, so professional secrecy is cited without its article.
"""

STARTING = (
    (
        "Akkoord van de betrokkene",
        "De betrokkene ging mondeling akkoord en het kan nog niet op papier. Beroepsgeheim (Strafwetboek): deel "
        "alleen met wie zelf aan het beroepsgeheim gebonden is, voor dezelfde hulp, en niet meer dan nodig.",
    ),
    (
        "Schuldig hulpverzuim / noodtoestand",
        "Iemand verkeert in groot en dreigend gevaar en er is geen andere weg om het af te wenden. Het belang weegt "
        "hier zwaarder dan het beroepsgeheim (Strafwetboek). Schrijf op welk gevaar en wat je eerst probeerde.",
    ),
    (
        "Meldrecht bij gevaar voor een minderjarige of kwetsbare persoon",
        "Uitzondering op het beroepsgeheim (Strafwetboek): ernstig gevaar voor een minderjarige of een kwetsbare "
        "persoon, die je zelf of met hulp van anderen niet kunt beschermen.",
    ),
    (
        "Wettelijke verplichting of bevel van een rechter",
        "Een wet of een rechter verplicht ons om dit mee te delen. Schrijf op welke wet of welke beslissing.",
    ),
)
