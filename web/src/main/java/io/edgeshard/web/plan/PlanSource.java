package io.edgeshard.web.plan;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The port behind which plans are made. Nothing here blocks; stages fail with {@link
 * PlanRefusedException} where there is no such plan.
 */
public interface PlanSource {
  /** The plan in force, with what was measured so far; empty while there is none. */
  Optional<PlanView> current();

  /** The plan that would be made after a change. */
  CompletionStage<PlanView> whatIf(WhatIf change);

  /** What is measured anew. */
  enum Measured {
    /** All nodes and all links between them. */
    ALL,
    /** The links alone. */
    LINKS
  }

  /** Measures anew, then plans again, once nothing runs; completes when it has begun. */
  CompletionStage<Void> profileAgain(Measured what);

  /**
   * Plans again with what is known, once nothing runs; completes when it has begun.
   *
   * @param wish what is wanted from now on and who decides, until the node that serves is started
   *     again; a change of anything else is ignored
   */
  CompletionStage<Void> planAgain(WhatIf wish);

  /** Names of the devices that {@link WhatIf#add} knows. */
  List<String> devices();

  /** Names of the models that {@link WhatIf#model} knows. */
  List<String> models();
}
