"""PDFs for the tests of what is sent in: ordinary ones and hostile ones."""

import io
import zlib

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile


def sent_file(content: bytes, name: str = "brief.pdf", content_type: str = "") -> SimpleUploadedFile:
    """A file as a browser sends it: with a name and a type of its own choosing."""
    return SimpleUploadedFile(name, content, content_type or "application/octet-stream")


def new_pdf(pages: int = 1, *, words: str = "Beste") -> pikepdf.Pdf:
    """A document with these words on every page."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for _page in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pdf.make_stream(f"BT /F 12 Tf 72 720 Td ({words}) Tj ET".encode())
    return pdf


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    """The bytes of a document."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id="encryption" not in options, **options)
    return out.getvalue()


def ordinary_pdf(pages: int = 1, *, words: str = "Beste") -> bytes:
    """A letter."""
    return saved(new_pdf(pages, words=words))


def hostile_pdf() -> bytes:
    """Everything a PDF can do beside being read, in one."""
    pdf = new_pdf(words="Leesbaar")
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('script-hier')")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    pdf.Root.OpenAction = script
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script]))
    )
    pdf.attachments["virus.exe"] = b"MZ-bijlage-hier"
    page = pdf.pages[0]
    page.AA = pikepdf.Dictionary(O=launch)
    page.obj["/PieceInfo"] = pikepdf.Dictionary(Maker=pikepdf.Dictionary(Private="maker-hier"))
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 100, 100],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://elders.example/"),
    )
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Tx,
        T="veld",
        V="Ingevuld",
        DA="/Helv 12 Tf 0 g",
        Rect=[72, 600, 300, 620],
        F=4,
        A=pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://elders.example/"),
    )
    fields = [pdf.make_indirect(link), pdf.make_indirect(field)]
    page.Annots = pikepdf.Array(fields)
    helvetica = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pdf.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([fields[1]]),
        DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=helvetica)),
        NeedAppearances=True,
    )
    form = pdf.make_stream(b"q Q")
    form.update(
        {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": pikepdf.Array([0, 0, 9, 9])}
    )
    form["/PS"] = pdf.make_stream(b"postscript-hier")
    page.Resources["/XObject"] = pikepdf.Dictionary(A=form)
    pdf.docinfo["/Author"] = "Maker Van Het Stuk"
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)


def bomb_pdf(gigabytes: int = 3) -> bytes:
    """A small file of which the list of objects unfolds to gigabytes."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"1 0 << /Type /Catalog /Pages 2 0 R >>") + packer.flush(zlib.Z_FULL_FLUSH)
    blanks = packer.compress(b" " * 8 * 1024 * 1024) + packer.flush(zlib.Z_FULL_FLUSH)
    packed += blanks * (gigabytes * 128) + packer.flush()
    out = bytearray(b"%PDF-1.5\n")
    place = len(out)
    out += b"3 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(
        packed
    )
    out += packed + b"\nendstream\nendobj\n"
    xref = len(out)
    # Object 1 is inside stream 3; object 3 is at its place; 4 is this table.
    rows = bytes([0, 0, 0, 0, 0, 0])
    rows += bytes([2]) + (3).to_bytes(4) + bytes([0])
    rows += bytes([0, 0, 0, 0, 0, 0])
    rows += bytes([1]) + place.to_bytes(4) + bytes([0])
    rows += bytes([1]) + xref.to_bytes(4) + bytes([0])
    out += b"4 0 obj\n<< /Type /XRef /Size 5 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n" % len(rows)
    out += rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % xref
    return bytes(out)
