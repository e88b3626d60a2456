using MlOpsBuild.Core;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components.Session.Tests;

public sealed class StageLineTests
{
    [Fact]
    public void A_stage_that_ran_says_how_long_and_why() =>
        StageLine.Of(Run(restored: false)).ShouldBe("train: done in 0.25 s (first run)");

    [Fact]
    public void A_restored_stage_says_what_it_saved() =>
        StageLine.Of(Run(restored: true)).ShouldBe("train: restored (0.25 s, was 12.50 s)");

    [Fact]
    public void A_verified_stage_says_that_it_ran() =>
        StageLine.Of(Run(restored: true) with { Verified = true })
            .ShouldBe("train: verified (ran again in 0.25 s: the same result as the one that is kept)");

    private static StageRun<int> Run(bool restored) => new(
        "train", Digest.Of("key"), 1, new Dictionary<string, Artifact>(), restored, restored ? null : "first run",
        TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(12.5));
}
