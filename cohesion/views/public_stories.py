"""What everybody may read of the stories of a neighbourhood, for as long as their tellers agree."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import TemplateView

from cohesion.story_reading import ShownStory, public_stories, public_story
from cohesion.views.public_base import PublicMixin
from cohesion.views.stories import story_file

PARTS_A_MINUTE = "300/m"  # a player asks for a sound in parts


class StoryPageMixin(PublicMixin):
    """A page with stories: nobody in between keeps it, so that a story is gone the moment it is withdrawn."""

    cache_control = "no-store"


class PublicStoriesView(StoryPageMixin, TemplateView):
    """All stories of the neighbourhood."""

    template_name = "cohesion/public/stories.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather them in one query."""
        return super().get_context_data(stories=public_stories(self.neighbourhood), **kwargs)


class OneStoryMixin(StoryPageMixin):
    """One story. What was withdrawn, what is over and what never was, get the same answer."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it, or say that it isn't there."""
        story = public_story(self.neighbourhood, kwargs["pk"])
        if story is None:
            context = self.get_context_data()
            return render(request, "cohesion/public/story_gone.html", context, status=404)
        return self.show(request, story)

    def show(self, request: HttpRequest, story: ShownStory) -> HttpResponse:
        """Show it."""
        raise NotImplementedError


class PublicStoryView(OneStoryMixin, TemplateView):
    """A story to read, to look at or to listen to."""

    def show(self, request: HttpRequest, story: ShownStory) -> HttpResponse:
        """Show it."""
        return render(request, "cohesion/public/story.html", self.get_context_data(story=story))


class PublicStoryFileView(OneStoryMixin, TemplateView):
    """Its picture or its sound."""

    rate = PARTS_A_MINUTE

    def show(self, request: HttpRequest, story: ShownStory) -> HttpResponse:
        """Send it."""
        if not story.file:
            return render(request, "cohesion/public/story_gone.html", self.get_context_data(), status=404)
        return story_file(request, story)
