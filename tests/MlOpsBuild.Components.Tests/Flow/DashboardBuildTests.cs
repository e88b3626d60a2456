using MlOpsBuild.Components.Agents;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Session.Tests;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Dashboard;
using MlOpsBuild.Dashboard.Acts;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class DashboardBuildTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly KeptOutput _output = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Where_nothing_was_made_there_is_nothing_to_see()
    {
        var state = await Build().LookAsync(CancellationToken.None);

        (state.Places.Count, state.Alerts.Count, state.Audit.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task What_the_store_knows_is_seen_also_where_nothing_runs()
    {
        var session = Session();
        await session.Store.RegisterAsync(3);
        session.Store.Move(1, null, 1, 2);
        session.Store.Move(2, 1, 2, 5);
        await new MonitorResultStore(session.Store).SaveAsync(
            new(
                nameof(SmallDemand), "local", 2, StoredFacts.Start.UtcDateTime, StoredFacts.Start.UtcDateTime, 9, 9,
                [new("loss", Verdict.Failed, "mean 8")]),
            CancellationToken.None);
        await session.Store.Audit.AppendAsync("ann", "deploy", "SmallDemand/local", "better", [], CancellationToken.None);

        var state = await new DashboardBuild(session, new(["true"], _folder.Path, Variables)).LookAsync(CancellationToken.None);

        var place = state.Places.ShouldHaveSingleItem();
        (place.Pipeline, place.Environment, place.Champion, place.Before, place.Address)
            .ShouldBe((nameof(SmallDemand), "local", 2, 1, null));
        place.Versions.Select(version => (version.Number, version.State)).ShouldBe([(3, ""), (2, "serves"), (1, "")]);
        place.History.Select(move => move.What).ShouldBe(["v1 → v2", "nothing → v1"]);
        place.Watch!.Verdict.ShouldBe("Failed");
        state.Audit.ShouldHaveSingleItem().Reason.ShouldBe("better");
    }

    [Fact]
    public async Task Under_a_policy_what_it_asks_and_who_agreed_is_seen()
    {
        var session = Session();
        session.Govern([EnvironmentPolicy.On("local", e => e.ApprovedBy(Who.Local("ada"), count: 2))]);
        await session.Store.RegisterAsync(2);
        var approvals = new ApprovalStore(session.Store);
        foreach (var actor in (string[])["ada", "eve"])
        {
            var (now, version) = (session.Time.GetUtcNow(), (await session.Store.Versions(nameof(SmallDemand)).FindAsync(2, default))!);
            await approvals.SaveAsync(
                new()
                {
                    Id = approvals.NewId(now), Pipeline = nameof(SmallDemand), Environment = "local", Bundle = version.Bundle,
                    Actor = actor, Names = [$"local:{actor}"], Reason = "fine", At = now, Until = now.AddDays(1),
                },
                CancellationToken.None);
        }

        var place = (await new DashboardBuild(session, new(["true"], _folder.Path, Variables)).LookAsync(CancellationToken.None))
            .Places.ShouldHaveSingleItem();

        place.Policy.ShouldBe(["approved by 2 of local:ada, for 7 days"]);
        place.NeedsApproval.ShouldBeTrue();
        place.Versions[0].Approval.ShouldStartWith("approved by ada until ");
        place.Versions.Select(version => version.Approval.Contains("eve", StringComparison.Ordinal)).ShouldBe([false, false]);
    }

    /// <summary>The page is where a rollback is asked for: it does not go because a file of the policy cannot be read.</summary>
    [Theory]
    [InlineData(".nuke/roles.json", "Roles cannot be read")]
    [InlineData(".mlops/approvals/20261125/torn.json", "An approval cannot be read")]
    public async Task What_cannot_be_read_of_a_policy_is_told_and_takes_nobody_the_page(string file, string told)
    {
        var session = Session();
        session.Govern([EnvironmentPolicy.On("local", e => e.ApprovedBy(Who.Role("release")))]);
        await session.Store.RegisterAsync(2);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
        await File.WriteAllTextAsync(_folder[file], "{");

        var place = (await new DashboardBuild(session, new(["true"], _folder.Path, Variables)).LookAsync(CancellationToken.None))
            .Places.ShouldHaveSingleItem();

        place.Problem.ShouldNotBeNull().ShouldContain(told);
        place.Versions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_keeps_no_rollback_from_being_asked_for()
    {
        var session = Session();
        Directory.CreateDirectory(Path.Combine(session.Store.Folder, "audit.jsonl"));
        var echo = new BuildCall(["sh", "-c", "exit 0", "build"], _folder.Path, Variables);

        var answer = await new DashboardBuild(session, echo).ActAsync(
            new(DashboardActKind.Rollback, "Demand", "local", null, "worse"), CancellationToken.None);

        answer.ExitCode.ShouldBe(0);
        _output.All.ShouldContain(
            line => line.StartsWith("that Rollback was asked for is not in the audit log: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_a_version_comes_from_is_told_and_of_none_nothing()
    {
        var session = Session();
        await session.Store.RegisterAsync(1);
        var build = new DashboardBuild(session, new(["true"], _folder.Path, Variables));

        (await build.TellAsync(VersionTopic.Lineage, nameof(SmallDemand), 1, CancellationToken.None))!.ShouldContain("0123456");
        (await build.TellAsync(VersionTopic.Lineage, nameof(SmallDemand), 2, CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData(DashboardActKind.Rollback, null, "Rollback|--pipeline|Demand|--environment|local|--reason=$(reboot) --now")]
    [InlineData(DashboardActKind.Approve, 4, "Approve|--pipeline|Demand|--environment|local|--of=v4|--reason=$(reboot) --now")]
    [InlineData(DashboardActKind.Deploy, 4, "Deploy|--pipeline|Demand|--environment|local|--model-version|4")]
    public async Task What_is_asked_for_is_a_command_of_the_build_and_an_entry_of_the_audit_log(
        DashboardActKind kind, int? version, string arguments)
    {
        var session = Session();
        var echo = new BuildCall(["sh", "-c", "IFS='|'; echo \"$*\"; echo worse >&2; exit 3", "build"], _folder.Path, Variables);

        var answer = await new DashboardBuild(session, echo).ActAsync(
            new(kind, "Demand", "local", version, "$(reboot) --now"), CancellationToken.None);

        answer.ExitCode.ShouldBe(3);
        answer.Lines.ShouldBe([arguments, "worse"]);
        var entry = (await session.Store.Audit.ReadAsync(CancellationToken.None)).ShouldHaveSingleItem();
        (entry.Action, entry.Subject, entry.Reason, entry.Details["target"], entry.Details["version"])
            .ShouldBe(("asked", "Demand/local", "$(reboot) --now", kind.ToString(), version == null ? "" : "v4"));
        _output.All.ShouldContain($"{kind} ended with 3");
    }

    private static Dictionary<string, string> Variables => new() { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };

    private DashboardBuild Build() => new(Session(), new(["true"], _folder.Path, Variables));

    private RunSession Session() => new(
        _folder.Path, [], new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = _folder.Path, ["USER"] = "ann" }, TimeProvider.System,
        _output, isServerBuild: false);
}
