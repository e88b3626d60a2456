using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Session.Tests;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Signing;
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
            .ShouldBe("GitHub knows of no merged change with commit feedfeedfe that somebody else approved");
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
            "nobody tells whether commit feedfeedfe was reviewed: this is no build of GitHub Actions or GitLab CI with a token");
        _gitHub.Token = "another";
        (await ReviewAsync(new(Commit, "main", false), new(OnGitHub()) { ["GITHUB_TOKEN"] = "ghs_x" }))!
            .ShouldStartWith("GitHub does not tell whether commit feedfeedfe was reviewed: 401");
    }

    [Fact]
    public async Task Tests_must_be_on_record_and_have_passed()
    {
        var gate = new GateOutcome("RMSE", "at most 150", 99, 150, "the bound", null, Verdict.Passed, "99");
        var check = new CheckOutcome("answers as in training", Verdict.Passed, "40 rows");

        (await TestsAsync(run => run with { Gates = [gate], Checks = [check] })).ShouldBeNull();
        (await TestsAsync(run => run with { Gates = [gate] })).ShouldBe("no test of its behaviour is on record");
        (await TestsAsync(run => run with { Checks = [check] })).ShouldBe("its gates: none was asked");
        (await TestsAsync(run => run with { Gates = [gate with { Verdict = Verdict.Inconclusive }], Checks = [check] }))
            .ShouldBe("its gates: Inconclusive");
        (await TestsAsync(run => run with { Gates = [gate], Checks = [check with { Verdict = Verdict.Failed }] }))
            .ShouldBe("tests that did not pass: answers as in training");
    }

    [Fact]
    public async Task A_version_whose_run_is_not_known_here_has_no_tests()
    {
        var session = Session([]);
        await session.Store.RegisterAsync(1);
        Directory.Delete(Path.Combine(session.Store.Folder, "runs"), recursive: true);

        (await LackAsync(session, VersionRequirement.PassedTests))!.ShouldStartWith("its run ");
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
        ["GITHUB_API_URL"] = _gitHub.Address.ToString(), ["GITHUB_TOKEN"] = _gitHub.Token,
    };

    private async Task<string?> ReviewAsync(SourceRevision? source, Dictionary<string, string> variables)
    {
        var session = Session(variables);
        await ChangeAsync(session, run => run with { Source = source });
        return await LackAsync(session, VersionRequirement.ReviewedCommit);
    }

    private async Task<string?> TestsAsync(Func<RunRecord, RunRecord> change)
    {
        var session = Session([]);
        await ChangeAsync(session, change);
        return await LackAsync(session, VersionRequirement.PassedTests);
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
