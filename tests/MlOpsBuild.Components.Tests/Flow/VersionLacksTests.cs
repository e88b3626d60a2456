using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Session.Tests;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>What cannot be told is lacking: a policy lets nothing through because nobody knows.</summary>
public sealed class VersionLacksTests : IDisposable
{
    private const string Commit = TestRun.Commit;
    private readonly TemporaryFolder _folder = new();
    private readonly KeptOutput _output = new();
    private readonly FakeGitHub _gitHub = new();

    public VersionLacksTests() => _gitHub.Permissions["ada"] = "write";

    public void Dispose()
    {
        _gitHub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_commit_that_somebody_else_approved_and_that_was_merged_is_reviewed()
    {
        _gitHub.Merges.Add(new(3, "eve", "head", Commit) { Reviews = [("ada", "APPROVED", "head")] });

        (await ReviewAsync(new(Commit, "main", false), OnGitHub())).ShouldBeNull();
    }

    [Fact]
    public async Task A_commit_that_nobody_else_approved_is_not()
    {
        _gitHub.Merges.Add(new(3, "eve", "head", Commit) { Reviews = [("eve", "APPROVED", "head")] });

        (await ReviewAsync(new(Commit, "main", false), OnGitHub()))
            .ShouldBe("GitHub knows of no change that was merged into main as commit feedfeedfe and that somebody else approved who may write");
    }

    [Fact]
    public async Task Where_the_branch_is_not_known_nothing_is_reviewed()
    {
        _gitHub.Merges.Add(new(3, "eve", "head", Commit) { Reviews = [("ada", "APPROVED", "head")] });
        var variables = OnGitHub();
        variables.Remove("GITHUB_REF_NAME");

        (await ReviewAsync(new(Commit, "main", false), variables)).ShouldBe("GitHub does not say which branch is built here");
    }

    /// <summary>A run's record is anybody's to write; what was signed is not.</summary>
    [Fact]
    public async Task Where_keys_are_trusted_the_commit_is_the_one_that_was_signed()
    {
        _gitHub.Merges.Add(new(3, "eve", "head", Commit) { Reviews = [("ada", "APPROVED", "head")] });
        var team = Trust.Create();
        Directory.CreateDirectory(_folder[".nuke/keys"]);
        await File.WriteAllTextAsync(_folder[".nuke/keys/team.pem"], team.Public);
        var session = Session(OnGitHub());
        session.Store.Trust = Trust.Of(_folder.Path, "local", new Dictionary<string, string> { [Trust.Variable] = team.Private });

        await ChangeAsync(session, run => run with { Source = new(Commit, "main", false) });

        (await LackAsync(session, VersionRequirement.ReviewedCommit)).ShouldBe("its commit is not known");
    }

    [Fact]
    public async Task A_run_of_another_bundle_tells_nothing_of_a_version()
    {
        _gitHub.Merges.Add(new(3, "eve", "head", Commit) { Reviews = [("ada", "APPROVED", "head")] });
        var session = Session(OnGitHub());

        await ChangeAsync(session, run => run with { Source = new(Commit, "main", false), Bundle = Digest.Of("another") });

        (await LackAsync(session, VersionRequirement.ReviewedCommit)).ShouldBe("its commit is not known");
    }

    [Fact]
    public async Task What_was_made_beside_a_commit_is_not_reviewed_whoever_approved_that()
    {
        _gitHub.Merges.Add(new(3, "eve", "head", Commit) { Reviews = [("ada", "APPROVED", "head")] });

        (await ReviewAsync(new(Commit, "main", true) { Changes = ["pipelines/Demand.cs"] }, OnGitHub()))
            .ShouldBe("it was made with changes beside commit feedfeedfe: pipelines/Demand.cs");
        (await ReviewAsync(new(Commit, "main"), OnGitHub())).ShouldBe("whether commit feedfeedfe was changed is not known");
        (await ReviewAsync(null, OnGitHub())).ShouldBe("its commit is not known");
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_nothing_is_reviewed()
    {
        (await ReviewAsync(new(Commit, "main", false), [])).ShouldBe(
            "nobody tells whether commit feedfeedfe was reviewed: this is no build server with a token of the code host");
        _gitHub.Token = "another";
        (await ReviewAsync(new(Commit, "main", false), new(OnGitHub()) { ["GITHUB_TOKEN"] = "ghs_x" }))!
            .ShouldStartWith("GitHub does not tell whether commit feedfeedfe was reviewed: 401");
    }

    /// <summary>The evidence in the bundle is read, which is what was signed.</summary>
    [Fact]
    public async Task Gates_and_tests_of_behaviour_must_have_passed()
    {
        var gate = new GateOutcome("RMSE", "at most 150", 99, 150, "the bound", null, Verdict.Passed, "99");
        var check = new CheckOutcome("rush hour is busy", Verdict.Passed, "40 rows");

        (await TestsAsync([gate], [check])).ShouldBeNull();
        (await TestsAsync([gate], null)).ShouldBe("its pipeline declares no test of its behaviour: .Behaviour(…)");
        (await TestsAsync([], [check])).ShouldBe("no gate was asked");
        (await TestsAsync([gate with { Verdict = Verdict.Inconclusive }], [check])).ShouldBe("Inconclusive: RMSE");
        (await TestsAsync([gate], [check with { Verdict = Verdict.Failed }])).ShouldBe("Failed: rush hour is busy");
    }

    [Fact]
    public async Task A_version_whose_evidence_is_not_here_has_no_tests()
    {
        var session = Session([]);
        await session.Store.RegisterAsync(1);

        (await LackAsync(session, VersionRequirement.PassedTests))!.ShouldStartWith("the evidence in its bundle cannot be read: ");
    }

    [Fact]
    public async Task An_origin_is_signed_by_whom_the_checkout_trusts_and_by_nobody_else()
    {
        var (team, stranger) = (Trust.Create(), Trust.Create());
        Directory.CreateDirectory(_folder[".nuke/keys"]);
        await File.WriteAllTextAsync(_folder[".nuke/keys/team.pem"], team.Public);

        (await SignedAsync(team.Private)).ShouldBeNull();
        Directory.Delete(_folder[".mlops"], recursive: true);
        (await SignedAsync(stranger.Private)).ShouldBe("nobody who is trusted signed it");
        Directory.Delete(_folder[".nuke"], recursive: true);
        (await SignedAsync(team.Private)).ShouldBe("nobody is trusted: there is no key in .nuke/keys");
    }

    private Dictionary<string, string> OnGitHub() => new()
    {
        ["GITHUB_ACTIONS"] = "true", ["GITHUB_REPOSITORY"] = _gitHub.Repository, ["GITHUB_SHA"] = Commit,
        ["GITHUB_REF_NAME"] = "main",
        ["GITHUB_API_URL"] = _gitHub.Address.ToString(), ["GITHUB_TOKEN"] = _gitHub.Token,
    };

    private async Task<string?> ReviewAsync(SourceRevision? source, Dictionary<string, string> variables)
    {
        var session = Session(variables);
        await ChangeAsync(session, run => run with { Source = source });
        return await LackAsync(session, VersionRequirement.ReviewedCommit);
    }

    private async Task<string?> TestsAsync(IReadOnlyList<GateOutcome> gates, IReadOnlyList<CheckOutcome>? behaviour)
    {
        var session = Session([]);
        var nothing = await session.Store.Blobs.PutAsync("nothing"u8.ToArray(), CancellationToken.None);
        var evidence = new Evidence([], gates, [], new Dictionary<string, IReadOnlyList<MetricValue>>()) { Behaviour = behaviour };
        var parts = new Dictionary<BundlePart, Artifact>
        {
            [BundlePart.Model] = nothing, [BundlePart.Evidence] = await session.PutAsync(evidence, CancellationToken.None),
        };
        var description = new BundleDescription
        {
            Pipeline = nameof(SmallDemand), Data = Digest.Of("data"), Simulated = false, Split = new() { HoldOut = "nothing" },
            Metrics = [], Parameters = [],
        };
        var bundle = (await session.Store.Stages(nameof(SmallDemand)).RunAsync(
            new BundleStage(), new(description, parts, []), new Progress<string>(), CancellationToken.None)).Result;
        var version = new ModelVersion(1, bundle, nothing.Digest, "run", StoredFacts.Start, false, null);
        return (await VersionLacks.OfAsync(
            session, nameof(SmallDemand), version, [VersionRequirement.PassedTests], CancellationToken.None))
            .GetValueOrDefault(VersionRequirement.PassedTests);
    }

    private async Task<string?> SignedAsync(string key)
    {
        var session = Session([]);
        session.Store.Trust = Trust.Of(_folder.Path, "local", new Dictionary<string, string> { [Trust.Variable] = key });
        await session.Store.RegisterAsync(1);
        return await LackAsync(session, VersionRequirement.SignedOrigin);
    }

    private static async Task ChangeAsync(RunSession session, Func<RunRecord, RunRecord> change)
    {
        await session.Store.RegisterAsync(1);
        var version = await session.Store.Versions(nameof(SmallDemand)).FindAsync(1, CancellationToken.None);
        var run = await session.Store.Runs.FindAsync(version!.Run, CancellationToken.None);
        await session.Store.Runs.SaveAsync(change(run! with { Gates = [], Checks = [] }), CancellationToken.None);
    }

    private static async Task<string?> LackAsync(RunSession session, VersionRequirement requirement)
    {
        var version = await session.Store.Versions(nameof(SmallDemand)).FindAsync(1, CancellationToken.None);
        return (await VersionLacks.OfAsync(session, nameof(SmallDemand), version!, [requirement], CancellationToken.None))
            .GetValueOrDefault(requirement);
    }

    private RunSession Session(Dictionary<string, string> variables) => new(
        _folder.Path, [], new Dictionary<string, string>(variables) { ["XDG_RUNTIME_DIR"] = _folder.Path, ["USER"] = "ann" },
        TimeProvider.System, _output, isServerBuild: false);
}
