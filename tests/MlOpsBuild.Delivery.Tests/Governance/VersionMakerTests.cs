using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Governance.Tests;

public sealed class VersionMakerTests
{
    private static readonly ModelVersion Version =
        new(3, Digest.Of("bundle"), Digest.Of("model"), "run", DateTimeOffset.UnixEpoch, false, null) { Signature = new("key", "") };

    private static readonly RunRecord Run = new()
    {
        Id = "run", Pipeline = "Tiny", Started = DateTimeOffset.UnixEpoch, Actor = "ada", Bundle = Digest.Of("bundle"),
    };

    [Fact]
    public void What_was_signed_with_a_version_goes_before_what_its_run_says() =>
        VersionMaker.Of(Version with { Maker = "bob" }, Run, demanded: true).ShouldBe(new("bob", "key"));

    /// <summary>A run's record is anybody's to write.</summary>
    [Fact]
    public void Where_signatures_are_demanded_a_run_is_not_believed() =>
        VersionMaker.Of(Version, Run, demanded: true).ShouldBe(new(null, "key"));

    [Fact]
    public void Where_nobody_signs_a_run_tells_of_the_version_that_it_made_and_of_no_other()
    {
        VersionMaker.Of(Version, Run, demanded: false).ShouldBe(new("ada", null));
        VersionMaker.Of(Version, Run with { Bundle = Digest.Of("another") }, demanded: false).ShouldBe(VersionMaker.Unknown);
        VersionMaker.Of(Version, null, demanded: false).ShouldBe(VersionMaker.Unknown);
    }
}
