package dev.parley.conformance.mutant;

import dev.parley.conformance.Law;
import dev.parley.conformance.reference.ReferencePlugin;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Self;
import java.util.List;

/** The reference backend with one thing broken. */
public abstract class Mutant extends ReferencePlugin {

  /** Every mutant, by the law it breaks. */
  public static List<Mutant> all() {
    return List.of(
        new PostMutants.ReturnsBeforeItIsStored(),
        new FeedMutants.ForgetsTheParentLive(),
        new PageMutants.SortsPagesBySender(),
        new PageMutants.RepeatsTheCursor(),
        new PageMutants.SkipsOneBetweenPages(),
        new PageMutants.LatestComesNewestFirst(),
        new PageMutants.RefusesTopicsNeverPostedTo(),
        new PageMutants.LosesOneUnderLoad(),
        new FeedMutants.LosesOneLive(),
        new FeedMutants.SwapsTwoLive(),
        new PostMutants.FoldsTheCaseOfTopics(),
        new PostMutants.TrimsContent(),
        new PostMutants.NormalisesContent(),
        new PageMutants.TakesEverybodyForAnAgent(),
        new PostMutants.ForgetsTheParent(),
        new PostMutants.CutsContentSilently(),
        new PageMutants.HidesTheGap(),
        new PageMutants.AlwaysSaysGap(),
        new PageMutants.TakesAnyCursor(),
        new FeedMutants.HandsOverToOneOnly(),
        new FeedMutants.SaysBehindOnlyOnce(),
        new PostMutants.RepeatsPostsBlindly(),
        new LifeMutants.LeaksAThread(),
        new LifeMutants.LeaksAConnection(),
        new LifeMutants.SaysNothingUseful(),
        new PageMutants.StopsAtUnreadableRecords(),
        new PageMutants.DropsUnreadableRecords(),
        new FeedMutants.CallsFromManyThreads(),
        new FeedMutants.HoldsUpTheOthers(),
        new FeedMutants.CallsAfterClose(),
        new PageMutants.HidesEdits());
  }

  /** The law it breaks. */
  public abstract Law breaks();

  /** Breaks a sound backend. */
  abstract Backend broken(Backend sound, BackendConfig config, Self self);

  @Override
  public Backend open(BackendConfig config, Self self) {
    return broken(super.open(config, self), config, self);
  }

  @Override
  public String toString() {
    return breaks() + " " + getClass().getSimpleName();
  }
}
