// The real built bundle in a browser, in every situation a seller can meet: pictures of each, and nothing for axe to find.

import { BROWSER_TEST_TIMEOUT_MS } from "../support/run-browser";
import { CONTROL_BUILD_TIMEOUT_MS } from "../support/run-control-build";
import { reactVersions } from "./control-host";
import { openControlPages, type ControlPages } from "./control-page";
import { forcedColoursScenes, scenes, type SceneName } from "./scenes";

let pages: ControlPages;
beforeAll(async () => {
  pages = await openControlPages();
}, BROWSER_TEST_TIMEOUT_MS + CONTROL_BUILD_TIMEOUT_MS);
afterAll(() => pages.close());

const sceneNames = Object.keys(scenes) as SceneName[];

describe.each(reactVersions)("on React %s", (react) => {
  test.each(sceneNames)("[CB3] “%s” is shown without complaints, and axe finds nothing", async (name) => {
    const { play, screenshot, axe, complaints, page } = pages.on(react);
    await play(scenes[name]);
    await screenshot(name);
    expect(await axe()).toEqual([]);
    expect(complaints()).toEqual([]);
    expect(await page.getByRole("group", { name: /./ }).count()).toBeGreaterThan(0);
  });

  test.each(forcedColoursScenes)("[CB3] “%s” is complete in forced colours", async (name) => {
    const { play, screenshot, axe, complaints } = pages.on(react);
    await play(scenes[name], { forcedColours: true });
    await screenshot(`forced colours ${name}`);
    expect(await axe()).toEqual([]);
    expect(complaints()).toEqual([]);
  });
});
