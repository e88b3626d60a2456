using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Deployments.Tests;

public sealed class DeploymentStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DeploymentStore _store;

    public DeploymentStoreTests() => _store = new(MlOpsStore.At(_folder.Path, new ManualTime()));

    public void Dispose() => _folder.Dispose();

    /// <summary>What a record says of pipeline and outcome is noted; the others are not read.</summary>
    [Fact]
    public async Task Records_with_an_outcome_are_found_among_many_with_notes_and_without()
    {
        for (var number = 0; number < 120; number++)
        {
            var saved = Record($"20261121T1200{number % 60:00}.{number:000}Z-v{number}", number % 2 == 0 ? "Tiny" : "Two words") with
            {
                Outcome = number % 3 == 0 ? DeploymentOutcome.RolledBack : DeploymentOutcome.Promoted
            };
            await _store.SaveAsync(saved, CancellationToken.None);
        }

        var expected = Enumerable.Range(0, 120).Count(number => number % 2 == 1 && number % 3 == 0);
        for (var time = 0; time < 3; time++)
        {
            (await RefusedAsync()).Count.ShouldBe(expected);
            (await _store.OfAsync("Tiny", CancellationToken.None)).Count.ShouldBe(60);
        }

        File.WriteAllText(_folder[".mlops/cache/deployments.notes"], "damaged");
        (await RefusedAsync()).Count.ShouldBe(expected);

        Task<IReadOnlyList<DeploymentRecord>> RefusedAsync() => _store.WhereAsync(
            (pipeline, outcome) => pipeline == "Two words" && outcome == DeploymentOutcome.RolledBack, CancellationToken.None);
    }

    [Fact]
    public async Task A_record_is_found_as_it_was_saved()
    {
        var look = new CanaryLook(
            DateTimeOffset.UnixEpoch, 5,
            new(
                200, 10, 190, 3, 0, [new(BadEvent.Slow, 1, 2, 10, 190, double.NegativeInfinity, 0.25, 0, 0.4)],
                new(3, 2, 1, 0, 4.5, 5.5, -1, 2, -0.25, 0.5), new(9, 0.3, null), new(2, 2.5, 0.8, 0.7, 0.9, [2, 3]), -0.5),
            CanaryDecision.Continue, "waiting");
        var saved = Record("20261121T120000.000Z-v2", "Tiny") with
        {
            From = 1, Address = new("http://127.0.0.1:8080"), Looks = [look],
            Reference = new(Modeling.Evaluation.RowLoss.SquaredError, 3, 2, 8), Policy = new(),
            Plan = new(400, 8000, 0.1, 0.2, 500, 0.01, 800, null), Fault = new(0.5),
            Rehearsal = new(3, 3, new Dictionary<int, int> { [200] = 3 }, new Dictionary<string, int> { ["2"] = 3 }),
        };

        await _store.SaveAsync(saved, CancellationToken.None);

        var found = (await _store.FindAsync(saved.Id, CancellationToken.None)).ShouldNotBeNull();
        JsonSerializer.Serialize(found, CanonicalJson.Options).ShouldBe(JsonSerializer.Serialize(saved, CanonicalJson.Options));
        found.Looks[0].Seen.Metrics.ShouldBe(look.Seen.Metrics);
        found.Looks[0].Seen.Loss.ShouldBe(look.Seen.Loss);
        found.Rehearsal!.ByStatus[200].ShouldBe(3);
    }

    [Fact]
    public async Task Records_of_a_pipeline_come_newest_first()
    {
        await _store.SaveAsync(Record("20261121T120000.000Z-v1", "Tiny"), CancellationToken.None);
        await _store.SaveAsync(Record("20261122T120000.000Z-v2", "Other"), CancellationToken.None);
        await _store.SaveAsync(Record("20261123T120000.000Z-v3", "Tiny"), CancellationToken.None);

        (await _store.OfAsync("Tiny", CancellationToken.None)).Select(record => record.Id)
            .ShouldBe(["20261123T120000.000Z-v3", "20261121T120000.000Z-v1"]);
    }

    [Fact]
    public async Task What_was_never_saved_is_not_found()
    {
        (await _store.FindAsync("none", CancellationToken.None)).ShouldBeNull();
        (await _store.OfAsync("Tiny", CancellationToken.None)).ShouldBeEmpty();
    }

    private static DeploymentRecord Record(string id, string pipeline) =>
        new() { Id = id, Pipeline = pipeline, Environment = "local", Version = 2, Started = DateTimeOffset.UnixEpoch };
}
