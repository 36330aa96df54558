import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";

/** The list of help options, closed. */
export const helpList = (): HTMLElement | null => screen.queryByRole("combobox", { name: "How can Microsoft help?" });

/** Chooses with the mouse, as a seller does. */
export async function chooseHelp(label: string): Promise<void> {
  const user = userEvent.setup();
  // The list is placed on the screen a frame after it opens.
  await act(async () => {
    await user.click(screen.getByRole("combobox", { name: "How can Microsoft help?" }));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  await act(() => user.click(screen.getByRole("option", { name: label })));
}
