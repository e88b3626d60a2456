using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Experiments.Tests;

[Collection(nameof(DeploymentCollection))]
public sealed class ExperimentRunTests(InstalledServer installed) : IDisposable
{
    // A unit's time is over almost at once: what is tested is who gets what, and what becomes of it.
    private static readonly ExperimentPolicy Policy = new("revenue")
    {
        Detect = 0.3, ExpectedMean = 10, ExpectedDeviation = 4, Window = TimeSpan.FromMilliseconds(400), Before = null,
        Design = ExperimentDesign.AlwaysValid,
    };

    private readonly LocalWorld _world = new(installed.Program);
    private readonly HttpClient _http = new();
    private Uri? _address;

    public void Dispose()
    {
        _http.Dispose();
        _world.Dispose();
    }

    [Fact]
    public async Task A_better_version_is_found_by_what_units_did_and_ends_with_a_decision()
    {
        await _world.PutInPlaceAsync(1);
        var record = await StartAsync(await _world.RegisterAsync(2), 50, TimeSpan.FromSeconds(5));
        var arms = new List<string?>();
        foreach (var (at, unit) in Units(260).Index())
        {
            arms.Add((await AskAsync(unit)).Arm);
            await SendAsync(unit, 10 + (at / 2 % 2 * 4) + (arms[at] == "treatment" ? 20 : 0));
        }

        var state = await UntilAsync(ExperimentVerdict.Better);
        var ended = await Run().EndAsync("Tiny", ExperimentDecision.Ship, "ann", "it sells", new Heard(), CancellationToken.None);

        (state.Look!.Complete, state.InForce, state.Notes.Count).ShouldBe((260, true, 0));
        state.Look.Estimate!.Difference.ShouldBe(20, 1.5);
        state.Look.Ratio.Treatment.ShouldBe(arms.Count(arm => arm == "treatment"));
        (ended.Record.Decision, ended.Record.EndedBy, ended.Record.Reason, ended.InForce).ShouldBe(
            (ExperimentDecision.Ship, "ann", "it sells", false));
        ended.Record.Result!.Verdict.ShouldBe(ExperimentVerdict.Better);
        (await AskAsync(Units(20))).ShouldAllBe(arm => arm == null);
        _world.Folder.Servers().ShouldHaveSingleItem().Version.ShouldBe(1);
        (await ChampionAsync()).ShouldBe(1);
        (await _world.Store.Audit.ReadAsync(CancellationToken.None)).Where(entry => entry.Action == "experiment")
            .Select(entry => (entry.Details["experiment"], entry.Details["state"], entry.Details["result"]))
            .ShouldBe([(record.Id, "begins", ""), (record.Id, "Ship", "Better")]);
    }

    [Fact]
    public async Task What_is_not_shown_is_not_shipped_and_may_be_kept()
    {
        await StartAsync();
        await AskAsync(Units(6));

        var failure = await Should.ThrowAsync<StageFailedException>(
            () => Run().EndAsync("Tiny", ExperimentDecision.Ship, "ann", "please", new Heard(), CancellationToken.None));

        (failure.Findings[0].Code, failure.ExitCode).ShouldBe(("MLB5136", ExitCodes.Inconclusive));
        (await _world.ObserveAsync()).Routes!.Experiment.ShouldNotBeNull("it goes on");
        var kept = await Run().EndAsync("Tiny", ExperimentDecision.Keep, "ann", "too slow", new Heard(), CancellationToken.None);
        (kept.Record.Decision, kept.Record.Result!.Verdict).ShouldBe((ExperimentDecision.Keep, ExperimentVerdict.Running));
        (await Should.ThrowAsync<UsageException>(
            () => Run().EndAsync("Tiny", ExperimentDecision.Keep, "ann", "again", new Heard(), CancellationToken.None)))
            .Findings[0].Code.ShouldBe("MLB5135");
    }

    [Fact]
    public async Task A_rollback_ends_it_with_its_record_and_the_champion_answers_everybody()
    {
        var record = await StartAsync(percent: 90);
        (await AskAsync(Units(10))).ShouldContain("treatment");

        var result = await _world.RollBackAsync("complaints");

        (result.From, result.To, result.Note).ShouldBe((2, 1, "an A/B test was in course; it was withdrawn"));
        (await AskAsync(Units(10))).ShouldAllBe(arm => arm == null);
        var ended = (await new ExperimentStore(_world.Store).FindAsync(record.Id, CancellationToken.None))!;
        (ended.Decision, ended.EndedBy, ended.Reason).ShouldBe((ExperimentDecision.Withdrawn, "on call", "complaints"));
        (await ChampionAsync()).ShouldBe(1);
        _world.Folder.Servers().ShouldHaveSingleItem().Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_gateway_that_is_killed_and_put_back_goes_on_with_the_test_and_the_same_arms()
    {
        var record = await StartAsync();
        var before = await AskAsync(Units(16));
        LocalWorld.Kill((await _world.ObserveAsync()).Gateway!);

        var champion = (await _world.Store.Versions("Tiny").FindAsync(1, CancellationToken.None))!;
        (await _world.DeployAsync(champion)).Outcome.ShouldBe(DeploymentOutcome.Restarted);

        (await AskAsync(Units(16))).ShouldBe(before);
        before.Distinct().Count().ShouldBe(2);
        (await new ExperimentObserver(_world.Store, _world.Environment, TimeProvider.System).FindAsync("Tiny", CancellationToken.None))!
            .ShouldSatisfyAllConditions(
                state => state.Record.Id.ShouldBe(record.Id), state => state.InForce.ShouldBeTrue(),
                state => (state.Look!.Ratio.Control + state.Look.Ratio.Treatment).ShouldBe(16));
    }

    [Fact]
    public async Task A_version_on_test_that_dies_is_started_again()
    {
        await StartAsync(percent: 99);
        LocalWorld.Kill(_world.Folder.Servers().Single(server => server.Version == 2));

        (await AskAsync(Units(1))).ShouldBe(["treatment"], "the unit keeps its arm whoever answers");

        await DeliveryWorld.UntilAsync(async () => await VersionOfAsync("user-0") == "2");
    }

    [Fact]
    public async Task While_it_goes_on_nothing_else_is_deployed_or_tested()
    {
        await StartAsync();
        var third = await _world.RegisterAsync(3);

        (await Should.ThrowAsync<UsageException>(() => _world.DeployAsync(third))).Findings[0].Code.ShouldBe("MLB5138");
        (await Should.ThrowAsync<UsageException>(() => StartAsync(third, 50))).Findings[0].Code.ShouldBe("MLB5138");
        (await _world.ObserveAsync()).Routes!.Experiment!.Treatment.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_version_that_serves_or_against_itself_there_is_no_test()
    {
        (await Should.ThrowAsync<UsageException>(async () => await StartAsync(await _world.RegisterAsync(1), 50)))
            .Findings[0].Code.ShouldBe("MLB5137");
        var champion = await _world.PutInPlaceAsync(2);
        (await Should.ThrowAsync<UsageException>(() => StartAsync(champion, 50))).Findings[0].Code.ShouldBe("MLB5139");
        (await new ExperimentStore(_world.Store).OfAsync("Tiny", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_that_was_rolled_back_is_not_tested_on_callers()
    {
        await _world.PutInPlaceAsync(1);
        var bad = await _world.PutInPlaceAsync(2);
        await _world.RollBackAsync();

        (await Should.ThrowAsync<StageFailedException>(() => StartAsync(bad, 50))).Findings[0].Code.ShouldBe("MLB5141");
    }

    [Fact]
    public async Task A_test_without_anything_known_of_its_metric_does_not_begin()
    {
        await _world.PutInPlaceAsync(1);
        var request = new ExperimentRequest(Deployment(await _world.RegisterAsync(2)), Policy with { ExpectedMean = null }, 7);

        (await Should.ThrowAsync<UsageException>(() => Run().StartAsync(request, new Heard(), CancellationToken.None)))
            .Findings[0].Code.ShouldBe("MLB2076");

        (await _world.ObserveAsync()).Routes!.Experiment.ShouldBeNull();
        _world.Folder.Servers().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task One_whose_routes_are_gone_is_told_so_and_leaves_room_for_the_next()
    {
        var lost = await StartAsync();
        var baseline = (await _world.ObserveAsync()).Routes!.Baseline;
        await _world.RouteAsync(_ => new() { Baseline = baseline });

        var state = (await new ExperimentObserver(_world.Store, _world.Environment, TimeProvider.System)
            .FindAsync("Tiny", CancellationToken.None))!;
        state.InForce.ShouldBeFalse();
        state.Notes[0].ShouldContain("stopped or replaced");

        var next = await StartAsync((await _world.Store.Versions("Tiny").FindAsync(2, CancellationToken.None))!, 50);
        next.Id.ShouldNotBe(lost.Id);
        (await new ExperimentStore(_world.Store).FindAsync(lost.Id, CancellationToken.None))!.Decision
            .ShouldBe(ExperimentDecision.Interrupted);
    }

    private static IReadOnlyList<string> Units(int count) =>
        [.. Enumerable.Range(0, count).Select(unit => string.Create(CultureInfo.InvariantCulture, $"user-{unit}"))];

    private static DeploymentRequest Deployment(ModelVersion version) =>
        new(TinyModel.Pipeline, version, DeliveryWorld.Policy, RowLoss.SquaredError, 7, "tester");

    private ExperimentRun Run() => new(_world.Store, _world.Environment, TimeProvider.System);

    private async Task<ExperimentRecord> StartAsync(double percent = 50)
    {
        await _world.PutInPlaceAsync(1);
        return await StartAsync(await _world.RegisterAsync(2), percent);
    }

    private Task<ExperimentRecord> StartAsync(ModelVersion version, double percent, TimeSpan? window = null) => Run().StartAsync(
        new(Deployment(version), Policy with { Percent = percent, Window = window ?? Policy.Window }, 7), new Heard(),
        CancellationToken.None);

    private async Task<int> ChampionAsync() => (await _world.Store.Versions("Tiny")
        .ResolveAsync(EnvironmentAlias.Of(_world.Environment.Name), CancellationToken.None))!.Number;

    private async Task<IReadOnlyList<string?>> AskAsync(IReadOnlyList<string> units)
    {
        var arms = new List<string?>();
        foreach (var unit in units)
        {
            arms.Add((await AskAsync(unit)).Arm);
        }

        return arms;
    }

    private async Task<string?> VersionOfAsync(string unit) => (await AskAsync(unit)).Version;

    private async Task<(string? Arm, string? Version)> AskAsync(string unit)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(await AddressAsync(), "predict"));
        request.Content = new StringContent("""{"temperature": 1.5}""", Encoding.UTF8, "application/json");
        request.Headers.Add("X-Unit-Id", unit);
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (Of(ServerHeaders.ExperimentArm), Of(ServerHeaders.Version));

        string? Of(string header) => answer.Headers.TryGetValues(header, out var values) ? values.Single() : null;
    }

    private async Task SendAsync(string unit, double value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(await AddressAsync(), "outcome"));
        request.Content = JsonContent.Create(new { unit, metric = "revenue", value });
        request.Headers.Authorization = new("Bearer", await _world.Folder.FeedbackTokenAsync(CancellationToken.None));
        using var answer = await _http.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(202, await answer.Content.ReadAsStringAsync());
    }

    // A gateway that is started again has the port that it had.
    private async Task<Uri> AddressAsync() => _address ??= (await _world.ObserveAsync()).Address!;

    private async Task<ExperimentState> UntilAsync(ExperimentVerdict verdict)
    {
        ExperimentState state = null!;
        await DeliveryWorld.UntilAsync(async () =>
            (state = (await new ExperimentObserver(_world.Store, _world.Environment, TimeProvider.System)
                .FindAsync("Tiny", CancellationToken.None))!) is { Look: { } look } && look.Verdict == verdict && look.Complete >= 260);
        return state;
    }
}
