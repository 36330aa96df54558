import { bad, note, type FindingText, type Mend } from "./finding-text";

/** What can be wrong with the secrets that the relay was given. */
export const secretFindingTexts = {
  "secret-expired": bad("the client secret has expired ({code})", "le secret client a expiré ({code})", newSecret()),
  "secret-wrong": bad("the client secret is wrong ({code})", "le secret client est faux ({code})", newSecret()),
  "credential-refused": bad(
    "the sign-in authority refuses the client secret or certificate ({code})",
    "l’autorité de connexion refuse le secret client ou le certificat ({code})",
    newSecret(),
  ),
  "client-secret-end-unknown": note(
    "nobody has said on which day the client secret ends, so nobody will be warned",
    "personne n’a dit quel jour le secret client expire, donc personne ne sera averti",
    {
      deed: {
        en: "look it up at the app registration {client} (Certificates & secrets), then run: cosell init --client-secret-ends <yyyy-mm-dd>, or set COSELL_CLIENT_SECRET_ENDS",
        fr: "lisez-le dans l’inscription d’application {client} (Certificats et secrets), puis lancez : cosell init --client-secret-ends <aaaa-mm-jj>, ou définissez COSELL_CLIENT_SECRET_ENDS",
      },
    },
  ),
  "client-secret-ending": note(
    "the client secret ends in {days} days, on {day}",
    "le secret client expire dans {days} jours, le {day}",
    newSecret(),
  ),
  "client-secret-ended": bad(
    "the client secret ended on {day}, as it was entered: sign-ins are refused, now or soon",
    "le secret client a expiré le {day}, d’après la saisie : les connexions sont refusées, maintenant ou bientôt",
    newSecret(),
  ),
  "client-certificate-ending": note(
    "the client certificate ends in {days} days, on {day}",
    "le certificat client expire dans {days} jours, le {day}",
    newCertificate(),
  ),
  "client-certificate-ended": bad(
    "the client certificate ended on {day}",
    "le certificat client a expiré le {day}",
    newCertificate(),
  ),
  "master-key-old": note(
    "the master key {key} has been in use for {days} days, since {day}",
    "la clé maîtresse {key} est en service depuis {days} jours, depuis le {day}",
    { command: "cosell keys rotate" },
  ),
  "master-key-older": note(
    "the master key {key} has been in use for more than {days} days, since before {day}",
    "la clé maîtresse {key} est en service depuis plus de {days} jours, depuis avant le {day}",
    { command: "cosell keys rotate" },
  ),
} as const satisfies Readonly<Record<string, FindingText>>;

function newSecret(): Mend {
  return {
    deed: {
      en: "make a new client secret for the app registration {client}, run: cosell init --client-secret-stdin --client-secret-ends <yyyy-mm-dd> (or set COSELL_CLIENT_SECRET and COSELL_CLIENT_SECRET_ENDS), and restart the relay",
      fr: "créez un secret client pour l’inscription d’application {client}, lancez : cosell init --client-secret-stdin --client-secret-ends <aaaa-mm-jj> (ou définissez COSELL_CLIENT_SECRET et COSELL_CLIENT_SECRET_ENDS), et redémarrez le relais",
    },
  };
}

function newCertificate(): Mend {
  return {
    deed: {
      en: "upload a new certificate to the app registration {client}, run: cosell init --client-certificate-file <file>, and restart the relay",
      fr: "ajoutez un nouveau certificat à l’inscription d’application {client}, lancez : cosell init --client-certificate-file <fichier>, et redémarrez le relais",
    },
  };
}
