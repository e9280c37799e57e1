import { Availability } from "./availability.js";
import { ChatSession } from "./chat-session.js";
import { Chats } from "./chats.js";
import { ClusterFeed } from "./cluster-feed.js";
import { ClusterStrip } from "./cluster-strip.js";
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { plural } from "./format.js";
import { ModelName } from "./model-name.js";
import { ClusterView } from "./plan/cluster-view.js";
import { PlanFeed } from "./plan/plan-feed.js";
import { Settings } from "./settings.js";
import { SettingsDialog } from "./settings-dialog.js";
import { Sidebar } from "./sidebar.js";
import { startTheme } from "./theme.js";
import { toast } from "./toast.js";
import { TokenDots } from "./token-dots.js";
import { TokenFlow } from "./token-flow.js";
import { Transcript } from "./transcript.js";
import { Views } from "./views.js";

// The parts of the page and what they hear from each other.

const settings = new Settings();
const chats = await Chats.open(settings.systemPrompt);
const feed = new ClusterFeed();
const planFeed = new PlanFeed();
const views = new Views();
const session = new ChatSession(chats, settings);

const composer = new Composer(session, new Availability(feed), () => transcript.editLastQuestion());
const transcript = new Transcript(session, byId("transcript"), byId("messages"), byId("jump"), (text) => composer.ask(text), (text) => composer.keep(text));
new ClusterView(byId("cluster-view"), planFeed);
const sidebar = new Sidebar(session, chats, () => {
  views.show("chat");
  composer.focus();
});
const strip = new ClusterStrip(byId("cluster"));
const dots = new TokenDots(strip.wire);
const flow = new TokenFlow(() => dots.pass());
const modelName = new ModelName(session, byId("model"));
const dialog = new SettingsDialog(settings, chats, session);
startTheme(byId("theme"));

let planId = 0;
feed.addEventListener("change", () => {
  if (feed.status?.ready && feed.status.planId !== planId) {
    if (planId !== 0) {
      const nodes = feed.status.nodes.filter((node) => node.layerEnd > node.layerStart).length;
      transcript.note(`From here on the layers are spread anew, over ${plural(nodes, "node")}.`);
    }
    planId = feed.status.planId;
  }
  strip.show(feed);
  modelName.show(feed);
  if (feed.connected) {
    flow.stepsCounted(feed.status.steps, performance.now());
    planFeed.planIdIs(feed.status.planId);
  }
});
session.addEventListener("progress", () => flow.ownToken());
chats.addEventListener("unkept", () => toast("This browser has no room for this chat: it is gone when the page closes, unless you export it.", "Export all chats", () => dialog.chats.exportAll()));

const nameView = () => {
  if (views.isChat) {
    document.title = session.chat.title ? `${session.chat.title} · EdgeShard` : "EdgeShard";
    history.replaceState(null, "", session.chat.messages.length > 0 ? `#${session.chat.id}` : location.pathname);
  } else {
    document.title = "Cluster · EdgeShard";
  }
};
for (const name of ["opened", "changed"]) {
  session.addEventListener(name, nameView);
}
const focusView = () => {
  if (views.isChat) {
    composer.focus();
  } else {
    byId("cluster-view").focus();
  }
};
views.addEventListener("change", () => {
  nameView();
  planFeed.watch(!views.isChat);
  focusView();
});
addEventListener("hashchange", () => {
  const name = location.hash.slice(1);
  if (!views.addressChanged() && chats.list().some(({ id }) => id === name)) {
    session.open(name);
  }
});
// Not by its address, which names the chat.
document.querySelector(".skip-link").addEventListener("click", (event) => {
  event.preventDefault();
  focusView();
});

addEventListener("keydown", (event) => {
  const inDialog = document.querySelector("dialog[open]") !== null;
  if (event.key === "Escape" && !inDialog) {
    if (sidebar.isOpen) {
      sidebar.close();
    } else if (views.isChat) {
      session.stop();
    }
  }
});

await session.open(location.hash.slice(1));
feed.start();
planFeed.watch(!views.isChat);
focusView();
