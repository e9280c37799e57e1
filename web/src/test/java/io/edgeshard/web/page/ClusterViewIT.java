package io.edgeshard.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.ScriptedGeneration;
import io.edgeshard.web.page.browser.BrowserExtension;
import io.edgeshard.web.page.browser.Browsers;
import io.edgeshard.web.page.browser.ChatPage;
import io.edgeshard.web.page.browser.View;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.PlanViews;
import io.edgeshard.web.plan.ScriptedPlanSource;
import io.edgeshard.web.plan.WhatIf;
import io.edgeshard.web.status.ClusterStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cluster and its plan on the page, beside the chat. */
@ExtendWith(BrowserExtension.class)
class ClusterViewIT {
  private PageFixture fixture;

  @BeforeEach
  void startServer(Browsers browsers) {
    fixture = new PageFixture(browsers);
    plans().become(PlanViews.measured(1));
    plans().answer(change -> CompletableFuture.completedFuture(PlanViews.withoutLaptop()));
  }

  @AfterEach
  void closePage() {
    fixture.close();
  }

  @Test
  void view_planInForce_showsStagesLinksMemoryAndReasons() {
    Locator view = open(View.DESKTOP);

    assertThat(view.locator(".pipeline"))
        .hasAttribute(
            "aria-label",
            "A token’s way: kitchen-pi with layers 0–7 takes 3.20 ms, then 0.31 ms to laptop;"
                + " laptop with layers 8–20 takes 6.10 ms, then 0.31 ms to desk;"
                + " desk with layers 21–29 takes 4.80 ms, then 0.31 ms to kitchen-pi.");
    assertThat(view.locator(".pipeline .disc")).hasCount(3);
    assertThat(view.locator(".pipeline .arrow-rate"))
        .hasText(new String[] {"480 Mbit/s", "941 Mbit/s"});
    assertThat(view.locator(".tile").first())
        .hasText("Per token measured15.9 ms predicted 13.9 ms +14 %");
    assertThat(view.locator(".verdicts li"))
        .hasText(
            new String[] {
              "Most of a token’s time goes to laptop: 6.10 ms of 15.9 ms, 38 %.",
              "1.40 times as fast as the best single node: desk alone would take 19.4 ms per"
                  + " token.",
              "At most 2.2 % from the best: it is predicted at 13.9, and no split can do better"
                  + " than 13.6."
            });
    assertThat(view.locator(".stage-row").nth(1))
        .containsText("laptop layers 8–204.60 ms6.10 ms+33 %");
    assertThat(view.locator(".deviation[data-off=true]")).hasText(new String[] {"−44 %", "+33 %"});
    assertThat(view.locator(".card").nth(1)).containsText("380 MiB of 1.0 GiB that it may use");
    assertThat(view.locator(".card").nth(1).locator(".stack-legend dd"))
        .hasText(new String[] {"121 MiB", "39 MiB", "14 MiB", "104 MiB", "102 MiB", "644 MiB"});
    assertThat(view.getByText("its link brings 8 Mbit/s")).isVisible();
    assertThat(view.getByText("laptop and desk share one machine")).isVisible();
    view.getByText("All links").click();
    assertThat(view.getByRole(AriaRole.ROW).filter(withText("attic-pi → kitchen-pi")))
        .containsText("6.40 ms7.9 Mbit/s");
  }

  @Test
  void view_itsAddress_opensItAndBackLeadsToTheChat() {
    Page page = fixture.open(View.DESKTOP).page();
    assertThat(page.locator("#cluster-view")).isHidden();
    page.navigate(fixture.server().uri("/#cluster").toString());
    assertThat(page.locator(".pipeline")).isVisible();
    assertThat(page.locator("#question")).isHidden();
    assertThat(page.locator("#view-cluster")).hasAttribute("aria-current", "page");
    assertThat(page).hasTitle("Cluster · EdgeShard");
    page.reload();
    assertThat(page.locator(".pipeline")).isVisible();
    assertThat(page.locator("#cluster-view")).isFocused();

    page.locator("#view-chat").click();
    assertThat(page.locator("#question")).isFocused();
    page.goBack();
    assertThat(page.locator(".pipeline")).isVisible();
    fixture.page().button("New chat").click();
    assertThat(page.locator("#question")).isFocused();
    assertThat(page.locator("#cluster-view")).isHidden();
  }

  @Test
  void view_whileAnAnswerComes_disturbsItNot() throws Exception {
    ScriptedGeneration answer = fixture.ask("Hello?").tokens("Good");
    fixture.page().awaitAnswer("Good");
    fixture.page().openCluster();
    assertThat(page().locator(".pipeline")).isVisible();
    page().keyboard().press("Escape");
    answer.tokens(" morning").finish(FinishReason.STOP);
    page().locator("#view-chat").click();

    fixture.page().awaitState("complete");
    fixture.page().awaitAnswer("Good morning");
    assertThat((String) page().evaluate("location.hash")).hasSizeGreaterThan(1);
  }

  @Test
  void view_leftAgain_chatIsWhereItWasRead() throws Exception {
    ScriptedGeneration answer = fixture.ask("Hello?");
    answer.tokens("One\n\n".repeat(80));
    fixture.page().awaitAnswer("One");
    fixture.page().openCluster();
    answer.tokens("Two\n\n".repeat(80), "The end").finish(FinishReason.STOP);
    fixture.page().awaitState("complete");
    page().locator("#view-chat").click();
    assertThat(page().locator(".answer-text p").last()).isInViewport();

    page().locator("#transcript").evaluate("e => { e.scrollTop = 120 }");
    assertThat(fixture.page().button("Latest")).isVisible();
    fixture.page().openCluster();
    assertThat(page().locator(".pipeline")).isVisible();
    page().locator("#view-chat").click();
    assertThat(fixture.page().button("Latest")).isVisible();
    assertThat(page().locator("#transcript").evaluate("e => e.scrollTop")).isEqualTo(120);
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE"})
  void drawing_moreStagesThanFitInARow_staysWithinItsRoom(View how) {
    plans().become(PlanViews.chain(15));
    Locator view = open(how);

    assertThat(view.locator(".pipeline .disc")).hasCount(15);
    assertThat(view.locator(".pipeline .arrow")).hasCount(15);
    assertThat(
            view.locator(".pipeline")
                .evaluate(
                    """
                    drawing => {
                      const { width, height } = drawing.viewBox.baseVal;
                      const box = drawing.getBBox();
                      return box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
                    }
                    """))
        .isEqualTo(true);
    assertThat(view.locator(".verdicts")).containsText("Proven best");
    assertThat(view.locator(".verdicts")).containsText("No single node could hold the whole model");
    assertFits();
  }

  @Test
  void view_noPlan_saysWhyUntilThereIsOne() {
    plans().become(null);
    fixture.become(PageFixture.silentNode());
    Locator view = fixture.open(View.DESKTOP).openCluster();
    assertThat(view.getByRole(AriaRole.ALERT)).containsText("has been silent for 6 s");
    assertThat(view.locator(".plan-body")).isHidden();
    assertThat(fixture.page().forgetProblems())
        .allMatch(problem -> problem.endsWith("/cluster/plan"));

    plans().become(PlanViews.predicted(2));
    fixture.become(inForce(2));

    assertThat(view.locator(".pipeline")).isVisible();
    assertThat(view.getByRole(AriaRole.ALERT)).isHidden();
    fixture.page().forgetProblems();
  }

  @Test
  void view_anotherPlan_isShownAndTheFocusStays() {
    plans().become(PlanViews.predicted(1));
    Locator view = open(View.DESKTOP);
    assertThat(view.locator(".tile").first())
        .hasText("Per token predicted13.9 ms not measured yet");
    fixture.page().button("What if laptop were gone").focus();

    plans().become(PlanViews.measured(2));
    fixture.become(inForce(2));

    assertThat(view.locator(".tile").first()).containsText("measured");
    assertThat(fixture.page().button("What if laptop were gone")).isFocused();
  }

  @Test
  void whatIf_click_showsTheDifferenceAndUndoTakesItBack() throws Exception {
    Locator view = open(View.DESKTOP);
    fixture.page().button("What if laptop were gone").click();

    assertThat(view.locator(".what-if-sum")).hasText("Then 15.1 ms per token, 9 % more than today");
    assertThat(plans().nextChange().remove()).isEqualTo(List.of("laptop"));
    assertThat(view.locator(".difference"))
        .hasText(
            new String[] {"+1.22 ms (+9 %)", "+12.0 ms (+7 %)", "−5.8 (−8 %)", "−0.02 J (−5 %)"});
    assertThat(view.locator(".what-if .pipeline .disc")).hasCount(2);
    assertThat(page().locator("#announcer"))
        .hasText("Then: 15.1 ms per token, 9 % more than today");

    fixture.page().button("½×: what if laptop to desk were half as fast").click();
    assertThat(view.locator(".chip"))
        .hasText(new String[] {"Without laptop", "desk ↔ laptop: 1/2 the rate"});
    assertThat(plans().nextChange().links())
        .isEqualTo(List.of(new WhatIf.ChangedLink("desk", "laptop", 0.5)));
    fixture.page().button("Undo").click();
    assertThat(view.locator(".chip")).hasText("Without laptop");
    fixture.page().button("Not any more: Without laptop").click();
    assertThat(view.locator(".what-if-bar")).isHidden();
    assertThat(view.locator(".what-if .pipeline")).hasCount(0);
    assertThat(view.locator("#what-if")).isFocused();
  }

  @Test
  void whatIf_form_asksForDeviceAndSizes() throws Exception {
    Locator view = open(View.DESKTOP);
    view.getByLabel("A device joins").selectOption("RTX 3090");
    view.getByLabel("Mbit/s").fill("50");
    view.getByLabel("Latency, ms").fill("2.5");
    fixture.page().button("Add").click();
    assertThat(plans().nextChange().add())
        .isEqualTo(List.of(new WhatIf.AddedDevice("RTX 3090", 50, 2.5)));

    view.getByLabel("Objective").selectOption("throughput");
    assertThat(plans().nextChange().objective()).isEqualTo("throughput");
    view.getByLabel("Model", exactly()).selectOption("Llama2-7B");
    assertThat(plans().nextChange().model()).isEqualTo("Llama2-7B");
    view.getByLabel("Context, tokens").fill("4096");
    view.getByLabel("Context, tokens").press("Enter");
    assertThat(plans().nextChange().contextTokens()).isEqualTo(4096);
    view.getByLabel("Sequences at once").fill("8");
    view.getByLabel("Sequences at once").blur();
    WhatIf all = plans().nextChange();
    assertThat(all.sequences()).isEqualTo(8);
    assertThat(all.contextTokens()).isEqualTo(4096);
    assertThat(view.locator(".chip")).hasCount(5);

    fixture.page().button("As today").click();
    assertThat(view.getByLabel("Context, tokens")).hasValue("");
    assertThat(view.getByLabel("Objective")).hasValue("");
  }

  @Test
  void whatIf_refused_saysWhyAndIsGoneWithUndo() {
    String sentence = "no device can hold layer 0 beside the head: raise desk by 12 MiB";
    plans().answer(change -> CompletableFuture.failedFuture(new PlanRefusedException(sentence)));
    Locator view = open(View.DESKTOP);

    fixture.page().button("What if desk were gone").click();

    assertThat(view.locator(".what-if-sum")).hasText("There is no such plan. " + sentence);
    assertThat(view.locator(".what-if .banner")).containsText(sentence);
    fixture.page().button("Undo").click();
    assertThat(view.locator(".what-if .banner")).hasCount(0);
  }

  @Test
  void orders_measureAndPlanAgain_sayWhatComesOfIt() throws Exception {
    Locator view = open(View.DESKTOP);
    fixture.page().button("Measure again").click();
    assertThat(view.locator(".order-state")).containsText("are being measured");
    assertThat(plans().nextOrder()).isEqualTo("profile");

    plans()
        .begin(CompletableFuture.failedFuture(new PlanRefusedException("Layers are set by hand.")));
    fixture.page().button("Plan again").click();
    assertThat(view.locator(".order-state")).hasText("Layers are set by hand.");
    assertThat(plans().nextOrder()).isEqualTo("plan");
  }

  @Test
  void markup_inNamesAndReasons_isText() {
    String markup = "<img src=x onerror=\"window.ran = true\">";
    plans().become(PlanViews.named(markup));
    Locator view = open(View.DESKTOP);

    assertThat(view.locator(".card h4").first()).hasText(markup);
    assertThat(view.locator(".reasons").first()).containsText(markup);
    assertThat(view.locator(".stage-row .part-name")).hasText(markup);
    assertThat(view.locator(".pipeline .stage-name")).hasText("<img src=x onerro…");
    assertThat(view.locator("img")).hasCount(0);
    assertThat(page().evaluate("window.ran")).isNull();
  }

  @Test
  void view_nothingProven_isNotCalledBest() {
    plans().become(PlanViews.named("desk"));
    Locator verdicts = open(View.DESKTOP).locator(".verdicts");

    assertThat(verdicts).containsText("Nothing is proven about how far this is from the best");
    assertThat(verdicts).not().containsText("Proven best");
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "DARK", "PHONE"})
  void everybody_canUseIt(View how) throws Exception {
    Locator view = open(how);
    assertThat(view.locator(".pipeline")).isVisible();
    view.getByText("All links").click();
    assertThat(Axe.violations(page())).as("plan").isEmpty();
    assertFits();

    fixture.page().button("What if laptop were gone").click();
    assertThat(view.locator(".difference")).hasCount(4);
    assertThat(Axe.violations(page())).as("what if").isEmpty();
    assertFits();
    assertThat(fixture.page().forgetProblems())
        .as("but for axe's own")
        .allMatch(problem -> problem.contains("Canvas2D"));
  }

  private Locator open(View how) {
    ChatPage page = fixture.open(how).awaitReady();
    return page.openCluster();
  }

  private Page page() {
    return fixture.page().page();
  }

  private ScriptedPlanSource plans() {
    return fixture.server().plans();
  }

  private void assertFits() {
    assertThat(
            page()
                .evaluate(
                    "[document.documentElement, document.querySelector('#cluster-view')]"
                        + ".every(e => e.scrollWidth <= e.clientWidth)"))
        .as("nothing has to be scrolled sideways but tables by themselves")
        .isEqualTo(true);
    assertThat(page().evaluate("document.documentElement.scrollHeight <= innerHeight"))
        .as("the page itself does not scroll")
        .isEqualTo(true);
  }

  private static Locator.GetByLabelOptions exactly() {
    return new Locator.GetByLabelOptions().setExact(true);
  }

  private static Locator.FilterOptions withText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static ClusterStatus inForce(long planId) {
    ClusterStatus status = PageFixture.cluster(0);
    return new ClusterStatus(
        true,
        "",
        status.model(),
        status.weights(),
        planId,
        status.layerCount(),
        status.nodes(),
        0,
        List.of(),
        List.of(),
        "");
  }
}
