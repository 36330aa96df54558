import * as React from "react";
import { IconButton, Link } from "@fluentui/react";
import type { Fact, LinkFact } from "../model/panel-model";
import type { Say } from "../model/strings";
import { copyText } from "./copy-text";
import { Glyph } from "./Glyph";

export interface ReferralFactsProps {
  readonly referralId: Fact | null;
  readonly referralLink: LinkFact | null;
  readonly facts: readonly Fact[];
  readonly say: Say;
  readonly onOpenLink: (address: string) => void;
}

/** What the relay knows of the referral; nothing here is changed by hand. */
export function ReferralFacts(props: ReferralFactsProps): React.ReactElement | null {
  const { referralId, referralLink, facts, say, onOpenLink } = props;
  if (referralId === null && referralLink === null && facts.length === 0) return null;
  return (
    <dl className="cosell-facts">
      {referralId !== null && (
        <FactRow fact={referralId} say={say}>
          <CopyableText fact={referralId} say={say} />
        </FactRow>
      )}
      {referralLink !== null && (
        <FactRow fact={referralLink} say={say}>
          <ReferralLink fact={referralLink} say={say} onOpenLink={onOpenLink} />
        </FactRow>
      )}
      {facts.map((fact) => (
        <FactRow key={fact.role} fact={fact} say={say}>
          <span>{fact.text}</span>
        </FactRow>
      ))}
    </dl>
  );
}

interface FactRowProps {
  readonly fact: Fact;
  readonly say: Say;
  readonly children: React.ReactNode;
}

function FactRow({ fact, say, children }: FactRowProps): React.ReactElement {
  const absent = fact.access === "masked" ? say("masked") : say("empty");
  return (
    <div className="cosell-fact" data-field={fact.role}>
      <dt>{fact.label}</dt>
      <dd>
        {fact.access === "masked" || fact.text === "" ? absent : children}
        {fact.note !== null && <span className="cosell-chip">{fact.note}</span>}
        {fact.error !== null && <span className="cosell-error">{fact.error}</span>}
      </dd>
    </div>
  );
}

function CopyableText({ fact, say }: { readonly fact: Fact; readonly say: Say }): React.ReactElement {
  const [outcome, setOutcome] = React.useState("");
  const copy = async (): Promise<void> => {
    setOutcome(say((await copyText(fact.text)) ? "copied" : "copy_failed"));
  };
  return (
    <>
      <span className="cosell-copyable">
        <span className="cosell-id">{fact.text}</span>
        <IconButton
          className="cosell-copy"
          ariaLabel={say("copy", fact.label)}
          title={say("copy", fact.label)}
          onRenderIcon={() => <Glyph name="copy" />}
          onClick={() => void copy()}
          onBlur={() => {
            setOutcome("");
          }}
        />
      </span>
      <span className="cosell-outcome" role="status" aria-live="polite">
        {outcome}
      </span>
    </>
  );
}

interface ReferralLinkProps {
  readonly fact: LinkFact;
  readonly say: Say;
  readonly onOpenLink: (address: string) => void;
}

function ReferralLink({ fact: { href }, say, onOpenLink }: ReferralLinkProps): React.ReactElement {
  if (href === null) return <span className="cosell-error">{say("link_refused")}</span>;
  return (
    <Link
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        // The host opens links its own way, which also works in its mobile apps.
        event.preventDefault();
        onOpenLink(href);
      }}
    >
      {say("open_link")} <Glyph name="open" />
    </Link>
  );
}
