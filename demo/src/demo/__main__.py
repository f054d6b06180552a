"""`make demo`: both journeys, from a number to a connected SIM, as a newcomer can watch them."""

import argparse
import asyncio
import json
import subprocess
import sys
import time
from typing import Any

from demo import journeys
from demo.actors import Actors
from demo.customer import Customer
from demo.gateway import until
from demo.population.registry import Registry
from demo.story import Story, console, fail
from demo.tape import recording
from stack import control
from stack.state_folder import state_folder


def main() -> int:
    """Start the suite if it does not run, play both journeys, and say where to look."""
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("--journeys", type=int, default=300, help="how many to leave behind")
    journeys_wanted = parser.parse_args().journeys
    began = time.perf_counter()
    if subprocess.run([sys.executable, "-m", "stack", "up", "-d"], check=False).returncode:
        fail("The suite did not start; see .local/logs.")
        return 1
    status = subprocess.run(
        [sys.executable, "-m", "stack", "status", "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    return asyncio.run(play(json.loads(status.stdout), began, population=journeys_wanted))


async def play(stack: dict[str, Any], began: float, *, population: int) -> int:
    """Play both journeys through the gateway, with the events as they pass on Kafka."""
    stories: list[Story] = []

    def show(event: str, key: str) -> None:
        for story in stories:
            story.event(event, key)

    actors = Actors(stack["gateway"])
    await _no_other_calls(actors)
    async with recording(stack["kafka"], show):
        stories.append(Story("SIM vật lý, giao tận nhà, trả tiền khi nhận"))
        lan = await journeys.physical(actors, stories[-1])
        await _check(actors, lan, "PHYSICAL")
        stories.append(Story("eSIM, thanh toán online"))
        nam = await journeys.esim(actors, stories[-1])
        await _check(actors, nam, "ESIM")
        for story, customer in zip(stories, (lan, nam), strict=True):
            story.show_timeline(await customer.timeline())
            story.show_stages()
    _say_where_to_look(stack, time.perf_counter() - began)
    await _populate(actors, stack, population)
    await actors.close()
    return 0


async def _no_other_calls(actors: Actors) -> None:
    """Let the customers of an earlier demo hang up: the story's agent would cut them off."""
    registry = Registry(actors.gateway)
    if not await registry.target():
        return
    await registry.want(0)
    theirs = {journey.hold_id for journey in (await registry.journeys()).values()}
    agent = await actors.agent()

    async def gone() -> bool:
        waiting = (await agent.gateway.get("/api/videocall/v1/desk/queue"))["items"]
        return not any(call["hold_id"] in theirs for call in waiting)

    await until("the customers of an earlier demo to hang up", gone)


async def _populate(actors: Actors, stack: dict[str, Any], journeys_wanted: int) -> None:
    """Let the stack play more journeys in the background, and say how to follow and stop that."""
    await Registry(actors.gateway).want(journeys_wanted)
    control.ask(state_folder().control, {"do": "populate"})
    console.print(
        f"Dữ liệu mẫu: {journeys_wanted} hành trình ở cả chín khu vực, tạo dần ở phía sau. Theo dõi"
        f" và dừng: {stack['gateway']}/sim/population; nhật ký: make logs of=population."
    )


async def _check(actors: Actors, customer: Customer, sim: str) -> None:
    activation = await customer.activation_is("ACTIVATED")
    subscriber = await actors.outside.subscriber(activation["msisdn"])
    assert subscriber["sim_kind"] == sim, subscriber
    console.print(
        f"{'':>15}  TC/QLKH ▸ {subscriber['msisdn']} {subscriber['sim_kind']}"
        f" serial={subscriber.get('sim_serial')} gói={subscriber.get('packages')}"
    )


def _say_where_to_look(stack: dict[str, Any], seconds: float) -> None:
    console.rule("[bold green]Cả hai hành trình: Đã hòa mạng")
    gateway = stack["gateway"]
    console.print(f"  {gateway}/           ứng dụng của khách hàng")
    console.print(f"  {gateway}/console/   bàn làm việc của nhân viên (mật khẩu chonso-demo):")
    console.print("      osp1 store1 agent1 officer1 manager2 partner1 auditor1 admin sre")
    console.print(f"  {gateway}/sim/       thế giới bên ngoài, nhân viên tự động")
    console.print(f"  {gateway}/sim/sms    hộp tin nhắn SMS")
    console.print(f"  {gateway}/sim/mail   hộp thư")
    console.print(f"  {gateway}/api/       API của từng dịch vụ")
    console.print("Tự chơi: bật “Nhân viên tự động” ở /sim/, mở /, đăng ký bằng số bất kỳ;")
    console.print("mã OTP ở /sim/sms, serial của SIM ở /sim/autopilot.")
    console.print(f"[dim]Hết {seconds:.0f} giây. Hệ thống vẫn chạy: make down để dừng.")


if __name__ == "__main__":
    sys.exit(main())
