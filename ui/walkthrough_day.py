"""What belongs to no case, played in the window: a guide, a question and its way, the list as a file, the closed day."""

from ui.player import Player

ITEM = "jzzm"
QUESTION = "租房住可不可以开居住证明，要带什么"
TO = "镇派出所户籍窗口"


class Day:
    """Plays on with ``player``, from the counter and back to it."""

    def __init__(self, player: Player, password: str) -> None:
        self._p = player
        self._password = password

    def play(self) -> None:
        """Play every scene; the day is closed with a colleague and cannot be closed twice."""
        self._guide_and_question()
        self._list()
        self._closing()
        self._home()

    def _guide_and_question(self) -> None:
        with self._p.timed("inquiry"):
            self._p.type(ITEM)
            self._p.until(lambda: self._p.rooms.built.counter.has_found, "results")
            self._p.key("F2")
            self._p.key("F7")
            self._p.settle()
            self._p.picture("guide")
            self._p.key("F4")
            self._p.until(lambda: self._p.shows("InquiryRoom"), "the inquiry")
            self._p.commit(QUESTION)
            self._p.key("Return")
            self._p.commit("罗半夏")
            self._p.settle()
            self._p.picture("inquiry")
            self._p.key("F9")
            self._p.until(lambda: not self._p.rooms.built.inquiry.state.is_new, "the inquiry as it was written down")
        self._p.rooms.built.inquiry.choose_way("hand_on")
        self._p.commit(TO)
        self._p.key("Return")
        self._p.type("0899-5550110")
        self._p.settle()
        self._p.picture("inquiry-handed-on")
        self._p.key("F9")
        self._p.settle()
        self._home()

    def _list(self) -> None:
        self._p.key("F3")
        self._p.until(lambda: self._p.shows("DeskRoom"), "the list of cases")
        self._p.settle()
        self._p.rooms.built.desk.save_search("本月办理")
        self._p.key("Ctrl+D")
        self._p.settle()
        self._p.picture("saved-searches")
        self._p.key("Ctrl+S")
        self._p.settle()
        self._p.picture("export")
        self._home()

    def _closing(self) -> None:
        self._p.key("F8")
        self._p.until(lambda: self._p.shows("DayRoom"), "the end of the day")
        self._p.settle()
        self._p.picture("day")
        with self._p.timed("end of the day"):
            self._p.key("F9")
            self._p.settle()
            self._p.type(self._password)
            self._p.key("Return")
            self._p.until(lambda: self._p.rooms.built.day.has_paper, "the report of the day")
        self._p.settle()
        self._p.picture("day-closed")

    def _home(self) -> None:
        self._p.rooms.home()
        self._p.settle()
