import { enableCompileCache } from "node:module";

// Imported first: what is loaded after it need not be compiled again the next time, which halves the start of a command.
enableCompileCache();
