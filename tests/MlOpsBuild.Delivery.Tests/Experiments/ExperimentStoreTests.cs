using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Experiments.Tests;

public sealed class ExperimentStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly MlOpsStore _store;
    private readonly ExperimentStore _records;

    public ExperimentStoreTests() => (_store, _records) = (MlOpsStore.At(_folder.Path, _time), new(MlOpsStore.At(_folder.Path, _time)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_record_is_read_as_it_was_written()
    {
        var look = new ExperimentLook(_time.GetUtcNow(), ExperimentRatio.Of(101, 99, 0.5), 200, 200, ExperimentVerdict.Better, "better")
        {
            Estimate = new(1, 2, 1, new(0.5, 1.5, 0.95), 0.4) { Evidence = 40 },
        };
        var record = Record("local").End(ExperimentDecision.Ship, "ann", "it sells", _time.GetUtcNow(), look);
        await _records.SaveAsync(record, CancellationToken.None);

        (await _records.FindAsync(record.Id, CancellationToken.None)).ShouldBe(record);
        (await _records.FindAsync("20261121T000000.000Z-ab9-000000", CancellationToken.None)).ShouldBeNull();
        File.Exists(Path.Combine(_store.Folder, "experiments", "20261121", record.Id + ".json")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_newest_test_of_a_place_is_found()
    {
        var first = Record("local");
        await _records.SaveAsync(first, CancellationToken.None);
        var second = Record("local");
        await _records.SaveAsync(second, CancellationToken.None);
        await _records.SaveAsync(Record("docker"), CancellationToken.None);

        (await _records.NewestAsync("Tiny", "local", CancellationToken.None))!.Id.ShouldBe(second.Id);
        (await _records.OfAsync("Tiny", CancellationToken.None)).Count.ShouldBe(3);
        (await _records.OfAsync("Other", CancellationToken.None)).ShouldBeEmpty();
        string.CompareOrdinal(first.Id, second.Id).ShouldBeLessThan(0);
    }

    [Fact]
    public async Task A_rollback_ends_the_test_that_it_took_away_once()
    {
        var record = Record("local");
        await _records.SaveAsync(record, CancellationToken.None);
        await _records.ShowAsync(
            record, new(_time.GetUtcNow(), ExperimentRatio.Of(1, 1, 0.5), 2, 200, ExperimentVerdict.Running, "2 of 200"),
            CancellationToken.None);
        var change = new RouteChange(
            "c", RouteChangeKind.Withdraw, 2, 1, "on call", "complaints", _time.GetUtcNow(), record.Id);

        await _records.EndAsync(change with { Kind = RouteChangeKind.Trial }, CancellationToken.None);
        (await _records.FindAsync(record.Id, CancellationToken.None))!.Decision.ShouldBe(ExperimentDecision.Open);
        await _records.EndAsync(change, CancellationToken.None);
        await _records.EndAsync(change with { Reason = "again" }, CancellationToken.None);
        await _records.EndAsync(change with { Deployment = "another" }, CancellationToken.None);

        var ended = (await _records.FindAsync(record.Id, CancellationToken.None))!;
        (ended.Decision, ended.EndedBy, ended.Reason, ended.Ended).ShouldBe(
            (ExperimentDecision.Withdrawn, "on call", "complaints", _time.GetUtcNow()));
        ended.Result!.Reason.ShouldBe("2 of 200");
    }

    [Fact]
    public async Task The_last_look_at_one_test_is_not_taken_for_that_at_another()
    {
        var (first, second) = (Record("local"), Record("local") with { Id = "20261122T000000.000Z-ab2-000000" });
        var look = new ExperimentLook(default, ExperimentRatio.Of(1, 1, 0.5), 2, 200, ExperimentVerdict.Running, "");
        await _records.ShowAsync(first, look, CancellationToken.None);

        (await _records.LastLookAsync(first, CancellationToken.None)).ShouldBe(look);
        (await _records.LastLookAsync(second, CancellationToken.None)).ShouldBeNull();
        (await _records.LastLookAsync(second with { Result = look with { Complete = 9 } }, CancellationToken.None))!.Complete.ShouldBe(9);
    }

    private ExperimentRecord Record(string environment) => new()
    {
        Id = _records.NewId(_time.GetUtcNow(), 2), Pipeline = "Tiny", Environment = environment, Version = 2, From = 1,
        Policy = new("revenue"), Plan = new(200, 200, 1, 1, 1, 1, 0, 1), Seed = 1, Started = _time.GetUtcNow(), Actor = "tester",
    };
}
