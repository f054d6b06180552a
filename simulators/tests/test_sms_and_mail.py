"""Messages that are really sent are counted and can be read (F1.8, F5b.13)."""

import asyncio
import smtplib
from email.message import EmailMessage

import pytest

from simulators.testing import Outside

TEXT = "Mã xác thực Chọn Số của bạn là 123456"


async def send(outside: Outside, key: str | None = "key-1", to: str = "0931266868") -> str:
    answer = await outside.http.post(
        "/sms/v1/messages",
        json={"to": to, "text": TEXT, "purpose": "OTP"},
        headers={"Idempotency-Key": key} if key else {},
    )
    assert answer.status_code == 202, answer.text
    message_id: str = answer.json()["message_id"]
    return message_id


async def test_a_message_is_read_by_whoever_knows_the_number(outside: Outside) -> None:
    await send(outside)
    await send(outside, "key-2", "0901234567")

    outbox = await outside.http.get("/sms/v1/messages", params={"to": "+84 931 266 868"})

    assert [(message["to"], message["text"]) for message in outbox.json()["items"]] == [
        ("84931266868", TEXT)
    ]


async def test_one_key_is_one_message(outside: Outside) -> None:
    ids = await asyncio.gather(*(send(outside) for _ in range(8)))

    assert len(set(ids)) == 1
    assert await outside.count("sms", "0931266868") == 1
    assert await outside.count("sms", "key-1") == 1


async def test_without_a_key_each_request_is_a_message(outside: Outside) -> None:
    await send(outside, None)
    await send(outside, None)

    assert await outside.count("sms", "84931266868") == 2


async def test_a_key_belongs_to_one_message(outside: Outside) -> None:
    await send(outside)

    answer = await outside.http.post(
        "/sms/v1/messages",
        json={"to": "0901234567", "text": TEXT},
        headers={"Idempotency-Key": "key-1"},
    )

    assert answer.status_code == 409


@pytest.mark.parametrize(
    "body", [{}, {"to": "12", "text": "a"}, {"to": "0931266868", "text": "\x00"}, [], None]
)
async def test_nonsense_is_refused(outside: Outside, body: object) -> None:
    assert (await outside.http.post("/sms/v1/messages", json=body)).status_code == 422


def letter(to: str = "mau@khach.test") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Chọn Số <khong-tra-loi@chonso.test>", to
    mail["Subject"] = "Hòa mạng thành công: số 0931 266 868 đã là của bạn"
    mail["Message-ID"] = "<task-1@chonso.test>"
    mail.set_content("Chúc mừng! Số của bạn đã hòa mạng.")
    mail.add_alternative(
        '<p>Chúc mừng! <img src="cid:qr"> <script>alert(1)</script></p>', subtype="html"
    )
    html = mail.get_payload(1)
    assert isinstance(html, EmailMessage)
    html.add_related(b"\x89PNG", "image", "png", cid="<qr>")
    return mail


async def post(outside: Outside, mail: EmailMessage) -> None:
    port = outside.app.state.simulation.smtp_port

    def hand_over() -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as smtp:
            smtp.send_message(mail)

    await asyncio.to_thread(hand_over)


async def test_vietnamese_mail_arrives_whole(outside: Outside) -> None:
    await post(outside, letter())

    listed = (await outside.http.get("/mail/v1/messages", params={"to": "MAU@khach.test"})).json()
    (heading,) = listed["items"]
    assert heading["subject"] == "Hòa mạng thành công: số 0931 266 868 đã là của bạn"
    assert heading["message_id"] == "<task-1@chonso.test>"
    mail = (await outside.http.get(f"/mail/v1/messages/{heading['id']}")).json()
    by_message_id = await outside.http.get("/mail/v1/messages/<task-1@chonso.test>")
    assert by_message_id.json() == mail
    assert mail["text"] == "Chúc mừng! Số của bạn đã hòa mạng.\n"
    assert "data:image/png;base64,iVBORw==" in mail["html"]
    assert mail["attachments"][0]["content_id"] == "qr"


async def test_every_mail_counts_even_the_same_one_again(outside: Outside) -> None:
    await post(outside, letter())
    await post(outside, letter())
    await post(outside, letter("khac@khach.test"))

    assert await outside.count("mails", "mau@khach.test") == 2
    assert await outside.count("mails", "<task-1@chonso.test>") == 3


async def test_a_mangled_mail_is_kept_all_the_same(outside: Outside) -> None:
    port = outside.app.state.simulation.smtp_port

    def hand_over() -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as smtp:
            smtp.sendmail(
                "a@b.test",
                ["c@d.test"],
                b"Subject: =?x-none?q?=ff\r\n"
                b"Content-Type: text/plain; charset=nothing\r\n\r\n\xff\x00",
            )

    await asyncio.to_thread(hand_over)

    (heading,) = (await outside.http.get("/mail/v1/messages")).json()["items"]
    for path in (f"/mail/v1/messages/{heading['id']}", f"/mail/read/{heading['id']}"):
        assert (await outside.http.get(path)).status_code == 200


async def test_a_letter_is_shown_where_no_script_of_it_can_run(outside: Outside) -> None:
    await post(outside, letter())
    (heading,) = (await outside.http.get("/mail/v1/messages")).json()["items"]

    page = await outside.http.get(f"/mail/read/{heading['id']}")

    assert "<script>" not in page.text
    assert 'sandbox="allow-top-navigation-by-user-activation"' in page.text
    assert (await outside.http.get("/mail/read/never")).status_code == 404


async def test_a_mailbox_out_of_order_takes_nothing(outside: Outside) -> None:
    await outside.fault("mail", "error_500", times=1)

    with pytest.raises(smtplib.SMTPDataError) as refused:
        await post(outside, letter())

    assert refused.value.smtp_code == 451
    assert await outside.count("mails") == 0


async def test_a_mail_can_arrive_while_its_sender_never_knows(outside: Outside) -> None:
    await outside.fault("mail", "timeout_after_effect", times=1, delay_seconds=0)

    with pytest.raises(smtplib.SMTPResponseException):
        await post(outside, letter())

    assert await outside.count("mails") == 1
