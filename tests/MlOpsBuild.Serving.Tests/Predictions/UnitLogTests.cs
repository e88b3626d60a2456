using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Predictions.Tests;

public sealed class UnitLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServerLog _log;
    private readonly ManualTime _time = new(new(2026, 11, 21, 23, 0, 0, TimeSpan.Zero));

    public UnitLogTests() => _log = new(_folder["server.log"], TimeProvider.System);

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_unit_is_taken_down_once_a_day_and_once_a_test()
    {
        using var log = Open();

        log.Came("u1", null, null);
        log.Came("u1", null, null);
        log.Came("u1", "t1", ExperimentArm.Control);
        log.Came("u1", "t1", ExperimentArm.Control);
        _time.Advance(TimeSpan.FromHours(2));
        log.Came("u1", "t1", ExperimentArm.Control);

        Entries().Select(entry => (entry.At.Day, entry.Experiment, entry.Arm)).ShouldBe(
            [(21, null, null), (21, "t1", ExperimentArm.Control), (22, "t1", ExperimentArm.Control)]);
        Files().ShouldBe(["units-20261121-000001.jsonl", "units-20261122-000001.jsonl"]);
    }

    [Fact]
    public void A_process_that_starts_again_knows_the_same_units_and_writes_a_file_of_its_own()
    {
        using (var first = Open())
        {
            first.Came("u1", null, null);
        }

        File.AppendAllText(_folder["log/units-20261121-000001.jsonl"], "{\"at\":\"2026-11-2");
        using (var second = Open())
        {
            second.Came("u1", null, null);
            second.Keep([new("u1", "a")]).ShouldBeTrue();
        }

        Files().ShouldBe(["units-20261121-000001.jsonl", "units-20261121-000002.jsonl"]);
        Entries().Select(entry => entry.Unit).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Another_place_has_another_key()
    {
        using (var one = Open("one"))
        using (var other = Open("other"))
        {
            one.Came("u1", null, null);
            other.Came("u1", null, null);
        }

        Entries("one").Single().Unit.ShouldNotBe(Entries("other").Single().Unit);
    }

    [Fact]
    public void What_is_older_than_half_a_year_goes()
    {
        Directory.CreateDirectory(_folder["log"]);
        File.WriteAllText(_folder["log/units-20260524-000001.jsonl"], "");
        File.WriteAllText(_folder["log/units-20260526-000001.jsonl"], "");
        using var log = Open();

        log.Came("u1", null, null);

        Files().ShouldBe(["units-20260526-000001.jsonl", "units-20261121-000001.jsonl"]);
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_told_of_once_a_minute_and_takes_up_again()
    {
        File.WriteAllText(_folder["log"], "a file where the folder would be");
        using var log = Open();

        log.Came("u1", null, null);
        log.Keep([new("u1", "a")]).ShouldBeFalse();
        Told().ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(2));
        log.Keep([new("u1", "a")]).ShouldBeFalse();
        Told().ShouldBe(2);

        File.Delete(_folder["log"]);
        log.Came("u1", null, null);
        Entries().ShouldHaveSingleItem().Metric.ShouldBeNull();
    }

    [Fact]
    public void Many_at_once_lose_nothing_and_tear_no_line()
    {
        using var log = Open();

        Parallel.For(0, 400, unit =>
        {
            log.Came($"u{unit % 50}", "t1", ExperimentArm.Control);
            log.Keep([new($"u{unit % 50}", "a") { Value = unit }, new($"u{unit % 50}", "b")]).ShouldBeTrue();
        });

        var entries = Entries();
        entries.Count.ShouldBe(50 + 800);
        entries.Where(entry => entry.Metric == "a").Sum(entry => entry.Value!.Value).ShouldBe(400 * 399 / 2);
        entries.Select(entry => entry.Unit).Distinct().Count().ShouldBe(50);
    }

    [Fact]
    public void A_clock_that_jumps_ahead_begins_another_day()
    {
        using var log = Open();
        log.Came("u1", null, null);
        _time.Advance(TimeSpan.FromDays(40));

        log.Came("u1", null, null);

        Files().ShouldBe(["units-20261121-000001.jsonl", "units-20261231-000001.jsonl"]);
    }

    [Fact]
    public void Only_its_owner_reads_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var log = Open();
        log.Came("u1", null, null);

        foreach (var file in Directory.GetFiles(_folder["log"]))
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private UnitLog Open(string folder = "log") => new(new(_folder[folder]), _time, _log);

    private string[] Files() =>
        [.. Directory.GetFiles(_folder["log"], UnitEntry.Pattern).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private int Told()
    {
        using var reader = new StreamReader(new FileStream(_folder["server.log"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split("cannot be written").Length - 1;
    }

    private List<UnitEntry> Entries(string folder = "log") =>
        [.. Directory.GetFiles(_folder[folder], UnitEntry.Pattern).Order(StringComparer.Ordinal).SelectMany(Lines)
            .Select(line => CanonicalJson.TryDeserialize<UnitEntry>(Encoding.UTF8.GetBytes(line))).OfType<UnitEntry>()];

    private static List<string> Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
