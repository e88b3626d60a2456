using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Tests;

namespace MlOpsBuild.Serving.Gateway.Tests;

[Collection(nameof(LoopbackCollection))]
public sealed class GatewayExperimentTests : IDisposable
{
    private const string Header = "X-Unit-Id";
    private readonly GatewayWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_unit_keeps_its_arm_and_is_told_of_it()
    {
        var route = await OpenAsync();
        foreach (var unit in Units(12))
        {
            for (var request = 0; request < 2; request++)
            {
                var (version, experiment, arm) = await AskAsync(unit);

                var expected = route.ArmOf(unit);
                (version, experiment, arm).ShouldBe(
                    (expected == ExperimentArm.Treatment ? "2" : "1", "test-1", expected.ToString().ToLowerInvariant()));
            }
        }

        Units(12).Select(route.ArmOf).Distinct().Count().ShouldBe(2, "both arms were asked");
    }

    [Fact]
    public async Task A_request_that_names_no_unit_is_in_no_test()
    {
        await OpenAsync(percent: 99);

        foreach (var unit in new[] { null, "", new string('u', 257) })
        {
            (await AskAsync(unit)).ShouldBe(("1", null, null));
        }

        (await EntriesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rehearsal_is_in_no_test()
    {
        await OpenAsync(percent: 99);
        using var request = Request("u1");
        request.Headers.Add(ServerHeaders.Rehearsal, GatewayWorld.FeedbackToken);

        using var answer = await _world.Http.SendAsync(request);

        answer.Headers.GetValues(ServerHeaders.Version).ShouldBe(["1"]);
        answer.Headers.Contains(ServerHeaders.ExperimentArm).ShouldBeFalse();
        (await EntriesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_unit_is_taken_down_once_with_its_arm_and_nobody_reads_who_it_is()
    {
        var route = await OpenAsync();
        foreach (var unit in Units(6).Concat(Units(6)))
        {
            await AskAsync(unit);
        }

        var entries = await EntriesAsync();
        entries.Count.ShouldBe(6);
        entries.Select(entry => entry.Unit).Distinct().Count().ShouldBe(6);
        entries.Select(entry => entry.Arm).ShouldBe(Units(6).Select(unit => (ExperimentArm?)route.ArmOf(unit)));
        entries.ShouldAllBe(entry => entry.Experiment == "test-1" && !entry.Unit.Contains("user", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gateway_that_starts_again_goes_on_with_the_test_and_the_same_arms()
    {
        await OpenAsync();
        var before = new List<(string?, string?, string?)>();
        foreach (var unit in Units(8))
        {
            before.Add(await AskAsync(unit));
        }

        await _world.EndAsync();
        await _world.OpenAsync(RouteTable.Empty, seed: 99, log: new(_world.Predictions));

        foreach (var (unit, place) in Units(8).Select((unit, place) => (unit, place)))
        {
            (await AskAsync(unit)).ShouldBe(before[place]);
        }

        var entries = await EntriesAsync();
        entries.DistinctBy(entry => entry.Unit).Count().ShouldBe(8, "the key of the hashes is the same");
    }

    [Fact]
    public async Task Where_the_version_on_test_does_not_answer_the_unit_keeps_its_arm_and_gets_an_answer()
    {
        await OpenAsync(percent: 99.999, treatment: 1);

        (await AskAsync("u1")).ShouldBe(("1", "test-1", "treatment"));
    }

    [Fact]
    public async Task The_version_on_test_answers_for_the_other_one_last()
    {
        var (warm, treatment) = (await _world.ServeAsync(Scripted.Version(3)), await _world.ServeAsync(Scripted.Version(2)));
        var routes = GatewayWorld.Alone(1, 1) with { Warm = [new(3, warm)], Experiment = Route(treatment, 0.001) };
        routes.Upstreams.Select(upstream => upstream.Version).ShouldBe([1, 3, 2]);
        await _world.OpenAsync(routes);

        (await AskAsync("u1")).ShouldBe(("3", "test-1", "control"));
    }

    [Fact]
    public async Task Before_a_test_units_are_taken_down_where_the_log_is_told_their_header()
    {
        var port = await _world.ServeAsync(Scripted.Version(1));
        await _world.OpenAsync(
            GatewayWorld.Alone(1, port) with { Log = PredictionLogPolicy.Usual with { UnitHeader = Header } },
            log: new(_world.Predictions));

        (await AskAsync("u1")).ShouldBe(("1", null, null));

        var entry = (await EntriesAsync()).ShouldHaveSingleItem();
        (entry.Experiment, entry.Arm, entry.Metric).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Metrics_tell_the_arms_apart()
    {
        await OpenAsync();
        foreach (var unit in Units(12))
        {
            await AskAsync(unit);
        }

        using var answer = await _world.GetAsync("metrics");
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("arm=\"treatment\"");
        text.ShouldContain("arm=\"control\"");
    }

    private static IEnumerable<string> Units(int count) =>
        Enumerable.Range(1, count).Select(unit => string.Create(CultureInfo.InvariantCulture, $"user-{unit}"));

    private static ExperimentRoute Route(int port, double percent) => new("test-1", new(2, port), percent, 7, Header);

    private async Task<ExperimentRoute> OpenAsync(double percent = 50, int treatment = 0)
    {
        var control = await _world.ServeAsync(Scripted.Version(1));
        var route = Route(treatment == 0 ? await _world.ServeAsync(Scripted.Version(2)) : treatment, percent);
        await _world.OpenAsync(GatewayWorld.Alone(1, control) with { Experiment = route }, log: new(_world.Predictions));
        return route;
    }

    private HttpRequestMessage Request(string? unit)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_world.Address, "predict")) { Content = Scripted.Json("{}") };
        if (unit != null)
        {
            request.Headers.TryAddWithoutValidation(Header, unit);
        }

        return request;
    }

    private async Task<(string? Version, string? Experiment, string? Arm)> AskAsync(string? unit)
    {
        using var request = Request(unit);
        using var answer = await _world.Http.SendAsync(request);
        return (Of(ServerHeaders.Version), Of(ServerHeaders.Experiment), Of(ServerHeaders.ExperimentArm));

        string? Of(string header) => answer.Headers.TryGetValues(header, out var values) ? values.Single() : null;
    }

    private async Task<IReadOnlyList<UnitEntry>> EntriesAsync()
    {
        await _world.EndAsync();
        return Directory.Exists(_world.Predictions)
            ? [.. Directory.GetFiles(_world.Predictions, UnitEntry.Pattern).Order(StringComparer.Ordinal).SelectMany(File.ReadLines)
                .Select(line => CanonicalJson.Deserialize<UnitEntry>(Encoding.UTF8.GetBytes(line)))]
            : [];
    }
}
