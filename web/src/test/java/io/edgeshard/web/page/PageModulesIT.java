package io.edgeshard.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.page.browser.BrowserExtension;
import io.edgeshard.web.page.browser.Browsers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Modules of the page that can be tried by themselves, in the browser that runs them. */
@ExtendWith(BrowserExtension.class)
class PageModulesIT {
  private PageFixture fixture;

  @BeforeEach
  void openPage(Browsers browsers) {
    fixture = new PageFixture(browsers);
  }

  @AfterEach
  void closePage() {
    fixture.close();
  }

  @Test
  void serverSentEvents_areTheSameWhereverTheStreamIsCut() {
    Object different =
        run(
            "sse.js",
            """
            const stream = ": hello\\n\\ndata: {\\"a\\":\\"ä€😀\\"}\\n\\nevent: x\\ndata:1\\ndata: 2\\n\\ndata: [DONE]\\n\\n";
            const bytes = new TextEncoder().encode(stream);
            const read = async (cuts) => {
              const body = new ReadableStream({
                start(controller) {
                  let from = 0;
                  for (const to of [...cuts, bytes.length]) {
                    controller.enqueue(bytes.slice(from, to));
                    from = to;
                  }
                  controller.close();
                },
              });
              const events = [];
              for await (const event of module.serverSentEvents(body)) {
                events.push(event);
              }
              return JSON.stringify(events);
            };
            const whole = JSON.stringify([
              { event: "message", data: '{"a":"ä€😀"}' },
              { event: "x", data: "1\\n2" },
              { event: "message", data: "[DONE]" },
            ]);
            const different = [];
            for (let cut = 0; cut <= bytes.length; cut++) {
              if (await read([cut]) !== whole) {
                different.push(cut);
              }
            }
            return different;
            """);

    assertThat(different).isEqualTo(List.of());
  }

  @Test
  void serverSentEvents_connectionThatFallsSilent_isBroken() {
    Object outcome =
        run(
            "sse.js",
            """
            const body = new ReadableStream({
              start: (controller) => controller.enqueue(new TextEncoder().encode("data: 1\\n\\n")),
            });
            const heard = [];
            try {
              for await (const { data } of module.serverSentEvents(body, 20)) {
                heard.push(data);
              }
            } catch (error) {
              heard.push(error.message);
            }
            return heard;
            """);

    assertThat(outcome).isEqualTo(List.of("1", "expected a word within 20 ms, found silence"));
  }

  @Test
  void markdown_formulas_areSetAsMathAndMoneyAndCodeAreNot() {
    Object found =
        run(
            "markdown.js",
            """
            const shown = (text) => {
              const element = document.createElement("div");
              module.blocksOf(text).blocks.forEach((block) => element.append(module.nodesOf(block)));
              return element;
            };
            const formulas = (text) => [...shown(text).querySelectorAll("math")].map((math) => math.getAttribute("display") === "block" ? "block" : "inline");
            return [
              formulas("Let $x^2$ be, and \\\\(y\\\\) too."),
              formulas("$$\\n\\\\frac{a}{b}\\n$$"),
              formulas("\\\\[ E = mc^2 \\\\]"),
              formulas("It costs $5 and $10, or $ 3$ and US$7."),
              formulas("`$x$`\\n\\n```\\n$$x$$\\n```"),
              formulas("$\\\\undefinedcommand{$"),
              shown("$x$").textContent.trim(),
              shown("$\\\\undefinedcommand{$").textContent.trim(),
            ];
            """);

    assertThat(found)
        .isEqualTo(
            List.of(
                List.of("inline", "inline"),
                List.of("block"),
                List.of("block"),
                List.of(),
                List.of(),
                List.of(),
                "x",
                "$\\undefinedcommand{$"));
  }

  @Test
  void markdown_tablesAndLists_keepWhatTheyWereGiven() {
    Object found =
        run(
            "markdown.js",
            """
            const element = document.createElement("div");
            const text = "| a | b | c |\\n|:--|:-:|--:|\\n| 1 | 2 | 3 |\\n\\n7. seven\\n";
            module.blocksOf(text).blocks.forEach((block) => element.append(module.nodesOf(block)));
            return [...element.querySelectorAll("td")].map(({ align }) => align).concat(String(element.querySelector("ol").start));
            """);

    assertThat(found).isEqualTo(List.of("left", "center", "right", "7"));
  }

  @Test
  void markdown_littleMarkupThatModelsWrite_isShownAsSuchAndNothingElse() {
    Object found =
        run(
            "markdown.js",
            """
            const element = document.createElement("div");
            const text = "H<sub>2</sub>O<br>x<sup>2</sup> <kbd>Ctrl</kbd> <b>no</b> <kbd onclick=x>no</kbd> <sub";
            module.blocksOf(text).blocks.forEach((block) => element.append(module.nodesOf(block)));
            return [...element.querySelectorAll("p *")].map(({ tagName }) => tagName.toLowerCase()).concat(element.textContent.trim());
            """);

    assertThat(found)
        .isEqualTo(
            List.of("sub", "br", "sup", "kbd", "H2Ox2 Ctrl <b>no</b> <kbd onclick=x>no <sub"));
  }

  @Test
  void repeatsItself_noticesLoopsAndNotWhatOnlyLooksAlike() {
    Object found =
        run(
            "repetition.js",
            """
            const rows = Array.from({ length: 40 }, (_, row) => `| item ${row} | value ${row * 7} |`).join("\\n");
            const code = Array.from({ length: 30 }, (_, n) => `  case ${n}: return ${n};`).join("\\n");
            return [
              "I am not sure. ".repeat(20),
              "A long introduction, then: " + "\\nThe capital of France is Paris, and the capital of Spain is Madrid.".repeat(6),
              "no ".repeat(300),
              "I am not sure. ".repeat(3),
              rows,
              code,
              "---|".repeat(40),
              "\\n".repeat(2000),
              "[" + "0, ".repeat(60),
            ].map(module.repeatsItself);
            """);

    assertThat(found)
        .isEqualTo(List.of(true, true, true, false, false, false, false, false, false));
  }

  @Test
  void answerText_grownTokenByToken_looksAsIfShownAtOnce() {
    Object different =
        run(
            "answer-text.js",
            """
            const text = "# A\\n\\nSome **bold** `code`\\n\\n- one\\n- two\\n\\n  more\\n\\n1. x\\n\\n```java\\nint x;\\n\\nint y;\\n```\\n\\n"
              + "| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n> quoted\\n> more\\n\\n[link][1] <b>no</b>\\n\\nTitle\\n===\\n\\n<div>\\nno\\n</div>\\n\\n[1]: https://example.invalid/\\n";
            const element = document.createElement("div");
            const growing = new module.AnswerText(element);
            const different = [];
            for (let end = 1; end <= text.length; end++) {
              growing.now(text.slice(0, end));
              const whole = document.createElement("div");
              new module.AnswerText(whole).now(text.slice(0, end));
              if (element.innerHTML !== whole.innerHTML) {
                different.push(text.slice(0, end));
              }
            }
            return different;
            """);

    assertThat(different).isEqualTo(List.of());
  }

  @Test
  void contextWindow_leavesOutOldestTurnsButNeverTheLast() {
    Object starts =
        run(
            "context-window.js",
            """
            const messages = ["user", "assistant", "user", "user", "assistant", "user"].map((role) => ({ role }));
            const start = (limit, from = 0) =>
              module.startThatFits(messages, from, (at) => (messages.length - at) * 10, limit);
            return { all: start(60), one: start(59), two: start(30), last: start(1), kept: start(60, 3) };
            """);

    assertThat(starts).isEqualTo(Map.of("all", 0, "one", 2, "two", 3, "last", 5, "kept", 3));
  }

  @Test
  void tokenEstimate_learnsFromWhatTheServerCounted() {
    Object learned =
        run(
            "context-window.js",
            """
            const estimate = new module.TokenEstimate();
            const messages = [{ role: "user", content: "x".repeat(600) }];
            const before = estimate.of(messages);
            estimate.learn(messages, 106);
            return { before, after: estimate.of(messages) };
            """);

    assertThat(learned).isEqualTo(Map.of("before", 206, "after", 106));
  }

  @Test
  void tokenFlow_showsEachTokenOnce_whicheverWayItIsHeardFirst() throws Exception {
    Object shown =
        run(
            "token-flow.js",
            """
            let shown = 0;
            const flow = new module.TokenFlow(() => { shown += 1; });
            flow.stepsCounted(100, 0);
            flow.ownToken();
            flow.ownToken();
            flow.stepsCounted(101, 0);
            flow.stepsCounted(103, 0);
            flow.ownToken();
            flow.stepsCounted(104, 0);
            flow.stepsCounted(110, 0);
            await new Promise((done) => setTimeout(done, 0));
            return shown;
            """);

    assertThat(shown).isEqualTo(10);
  }

  @Test
  void chatTree_mergesWhatTwoWindowsWroteInAnyOrder() {
    Object found =
        run(
            "chat-tree.js",
            """
            const { append, emptyChat, mergeInto, pathOf, versionsOf, choose } = module;
            const base = emptyChat("", 1);
            const asked = append(base, null, { role: "user", text: "Hi" }, 2);
            const running = append(base, asked.id, { role: "assistant", text: "He", state: "streaming" }, 3);
            const one = structuredClone(base);
            const two = structuredClone(base);
            Object.assign(one.messages[1], { text: "Hello", state: "complete", changedMs: 5 });
            append(one, running.id, { role: "user", text: "from one" }, 6);
            Object.assign(two.messages[1], { text: "Hel", state: "failed", changedMs: 9 });
            Object.assign(two, { title: "Named", titledMs: 8 });
            append(two, running.id, { role: "user", text: "from two" }, 7);
            const ab = structuredClone(one);
            const changed = mergeInto(ab, two);
            const ba = structuredClone(two);
            mergeInto(ba, one);
            const texts = (chat) => pathOf(chat).map(({ text }) => text);
            const versions = versionsOf(ab, pathOf(ab).at(-1)).map(({ text }) => text).sort();
            choose(ab, ab.messages.find(({ text }) => text === "from one"), 1);
            return [changed, texts(ba), texts(ab), versions, ab.title, mergeInto(ba, one)];
            """);

    assertThat(found)
        .isEqualTo(
            List.of(
                true,
                List.of("Hi", "Hello", "from two"),
                List.of("Hi", "Hello", "from one"),
                List.of("from one", "from two"),
                "Named",
                false));
  }

  @Test
  void chatFiles_readWhatTheyWroteAndSayWhatIsWrong() {
    Object found =
        run(
            "chat-files.js",
            """
            const { append, emptyChat, pathOf } = await import(main.replace(/main\\.js$/, "chat-tree.js"));
            const chat = emptyChat("Be brief.", 1);
            chat.title = "Plants";
            const asked = append(chat, null, { role: "user", text: "# How?\\n\\n## You" }, 2);
            append(chat, asked.id, { role: "assistant", text: "Slowly.\\n\\n```\\nx\\n```", state: "complete", stats: { events: 3 } }, 3);
            const texts = ([read]) => [read.title, ...pathOf(read).map(({ role, text }) => `${role}: ${text}`)];
            const [json] = module.chatsIn("a.json", module.asJson([chat]), 9);
            const wrong = (name, text) => { try { return module.chatsIn(name, text, 9); } catch (error) { return error.message; } };
            return [
              JSON.stringify(json) === JSON.stringify(chat),
              texts(module.chatsIn("a.md", module.asMarkdown(chat), 9)),
              texts(module.chatsIn("a.md", module.asMarkdown({ ...chat, messages: [{ ...chat.messages[0], text: module.asMarkdown(chat) }] }), 9)).length,
              module.chatsIn("a.json", module.asJson([{ ...chat, messages: [{ ...chat.messages[1], state: "failed", stats: null }] }]), 9)[0].messages[0].error.message,
              wrong("a.md", "no chat"),
              wrong("a.json", '{"format": "edgeshard-chats", "chats": ['),
              wrong("a.json", '{"chats": []}'),
              wrong("a.json", '{"format": "edgeshard-chats", "version": 1, "chats": [{"id": "x", "messages": [{}]}]}'),
            ];
            """);

    assertThat(found)
        .isEqualTo(
            List.of(
                true,
                List.of("Plants", "user: # How?\n\n## You", "assistant: Slowly.\n\n```\nx\n```"),
                2,
                "The file does not say why.",
                "Expected a.md to hold a chat that this page exported, found no message in it.",
                "Expected a.json to hold chats that this page exported, found JSON that is cut off"
                    + " or damaged.",
                "Expected a.json to hold chats that this page exported, found other JSON.",
                "Expected every chat in a.json to have an id, a title and messages of a role and a"
                    + " text, found one without."));
  }

  /** What this script returns, with the module of that name at hand. */
  private Object run(String name, String script) {
    return fixture
        .page()
        .page()
        .evaluate(
            """
            async (name) => {
              const main = document.querySelector("script[type=module]").src;
              const module = await import(main.replace(/main\\.js$/, name));
            """
                + script
                + "}",
            name);
  }
}
