"""What the tests of LiveKit's Python SDK import from `utils`, which their source package leaves out."""

import asyncio
import os
import time
import uuid

import pytest

from livekit import api, rtc

TIMEOUT = 20.0


def skip_if_no_credentials():
    names = ("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")
    return pytest.mark.skipif(any(not os.environ.get(name) for name in names), reason="no server")


def unique_room_name(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


def create_token(identity, room_name):
    grants = api.VideoGrants(room_join=True, room=room_name)
    return api.AccessToken().with_identity(identity).with_name(identity).with_grants(grants).to_jwt()


async def connect_room(identity, room_name, *, room=None, options=None):
    room = room or rtc.Room()
    options = options or rtc.RoomOptions()
    await room.connect(os.environ["LIVEKIT_URL"], create_token(identity, room_name), options)
    return room


async def wait_until(condition, *, timeout=TIMEOUT, interval=0.05, message="nothing came"):
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(message() if callable(message) else message)
        await asyncio.sleep(interval)


assert_eventually = wait_until


def expect_room_event(room, event, *, predicate=None):
    """A future of the arguments of the first such event."""
    future = asyncio.get_running_loop().create_future()

    def take(*args):
        if not future.done() and (predicate is None or predicate(*args)):
            future.set_result(args)
            room.off(event, take)

    room.on(event, take)
    return future


async def await_event(future, timeout=TIMEOUT):
    return await asyncio.wait_for(future, timeout)


async def ensure_rooms_all_connected(rooms):
    await wait_until(lambda: all(room.isconnected() for room in rooms), message="not connected")


async def ensure_participants_visible(room, identities):
    await wait_until(
        lambda: all(identity in room.remote_participants for identity in identities),
        message=f"not everyone of {identities} is seen",
    )


async def ensure_track_subscribed(room, sid):
    def find():
        for participant in room.remote_participants.values():
            publication = participant.track_publications.get(sid)
            if publication and publication.track:
                return publication
        return None

    await wait_until(lambda: find() is not None, message=f"{sid} is not subscribed")
    return find()
