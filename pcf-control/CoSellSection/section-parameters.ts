// The control's properties as the platform hands them over. pcf-scripts makes the like from the manifest into a folder
// that is not kept; written down here, the source is complete before any build. A test compares them with the manifest.

import type { Role } from "./model/host-state";
import PropertyTypes = ComponentFramework.PropertyTypes;

/** Properties of the control. */
export interface SectionInputs extends BoundProperties {
  readonly hiddenFields: PropertyTypes.StringProperty;
  readonly disabledFields: PropertyTypes.StringProperty;
}

/** Properties that are bound to columns. */
export interface BoundProperties extends Readonly<Record<Role, PropertyTypes.Property>> {
  readonly sync: PropertyTypes.TwoOptionsProperty;
  readonly help: PropertyTypes.OptionSetProperty;
  readonly visible: PropertyTypes.TwoOptionsProperty;
  readonly products: PropertyTypes.StringProperty;
  readonly referralId: PropertyTypes.StringProperty;
  readonly referralLink: PropertyTypes.StringProperty;
  readonly audit: PropertyTypes.StringProperty;
  readonly syncStatus: PropertyTypes.OptionSetProperty;
  readonly syncMessage: PropertyTypes.StringProperty;
  readonly lastSyncedOn: PropertyTypes.DateTimeProperty;
  readonly referralStatus: PropertyTypes.StringProperty;
  readonly expiresOn: PropertyTypes.DateTimeProperty;
  readonly microsoftCrmId: PropertyTypes.StringProperty;
}

/** What the control writes. A key that is absent leaves the column alone; `undefined` empties it. */
export interface SectionOutputs {
  sync?: boolean;
  help?: number | undefined;
  visible?: boolean;
  products?: string | undefined;
}
