using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Tests;

namespace MlOpsBuild.Store.Health.Tests;

public sealed class StoreDoctorTests : IDisposable
{
    private readonly Machines _machines = new();
    private readonly Machine _machine;

    public StoreDoctorTests() => _machine = _machines.Alone();

    public void Dispose() => _machines.Dispose();

    [Fact]
    public async Task A_whole_store_is_examined_and_nothing_is_told()
    {
        await FillAsync();

        var report = await ExamineAsync();

        report.Diagnoses.ShouldBeEmpty();
        (report.Blobs, report.Facts, report.AuditEntries).ShouldBe((4 + 3, 5, 1));
    }

    [Theory]
    [InlineData("registry/Demand/versions/00001.json", "{}")]
    [InlineData("registry/Demand/aliases/champion/00001.json", "{}")]
    [InlineData("stages/ab/abcdef.json", "{}")]
    [InlineData("deployments/20261121/20261121T120000.000Z-v1-abc123.json", "[]")]
    public async Task Json_that_is_no_fact_is_a_problem(string path, string content)
    {
        var file = Path.Combine(_machine.Store.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);

        (await ExamineAsync())
            .Diagnoses.ShouldContain(diagnosis => diagnosis.Kind == DiagnosisKind.Problem && diagnosis.Finding.Where == path);
    }

    [Fact]
    public async Task A_fact_that_an_editor_put_the_mark_of_utf8_before_is_read()
    {
        var path = Path.Combine(_machine.Store.Folder, "deployments", "20261121", "20261121T120000.000Z-v1-abc123.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, """{ "id": "20261121T120000.000Z-v1-abc123" }""", System.Text.Encoding.UTF8);
        File.ReadAllBytes(path)[0].ShouldBe((byte)0xEF);

        (await ExamineAsync()).Diagnoses.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_version_whose_bundle_lacks_a_part_is_a_problem(int part)
    {
        var version = await _machine.RegisterAsync();
        File.Delete(_machine.Store.Blobs.PathOf(_machine.PartsOf(version)[part]));

        (await ExamineAsync()).Diagnoses.ShouldContain(diagnosis => diagnosis.Kind == DiagnosisKind.Problem);
    }

    [Fact]
    public async Task Where_there_is_no_store_nothing_is_told_and_none_is_made()
    {
        var report = await ExamineAsync();

        (report.Blobs, report.Facts, report.AuditEntries, report.Diagnoses.Count).ShouldBe((0, 0, 0, 0));
        Directory.Exists(_machine.Store.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task Content_that_is_not_what_its_name_says_is_set_aside_and_the_stage_that_makes_it_runs_again()
    {
        var stage = await _machine.StageAsync(1);
        var (digest, path) = stage.Outputs["rows.csv"];
        File.WriteAllText(path, "damaged");

        var diagnosis = (await ExamineAsync()).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Finding.Where, diagnosis.Finding.Expected).ShouldBe((DiagnosisKind.Repaired, path, digest.ToString()));
        diagnosis.Done.ShouldNotBeNull().ShouldContain("runs again");
        File.ReadAllText(Directory.GetFiles(_machine["damaged"]).ShouldHaveSingleItem()).ShouldBe("damaged");
        (await ExamineAsync()).Diagnoses.ShouldBeEmpty();
        (await _machine.StageAsync(1)).Restored.ShouldBeFalse();
        Digest.Of(File.ReadAllBytes(path)).ShouldBe(digest);
    }

    [Fact]
    public async Task A_file_among_the_content_that_is_no_digest_is_left_alone()
    {
        await _machine.PutAsync("content");
        File.WriteAllText(_machine["blobs/sha256/notes.txt"], "mine");

        var report = await ExamineAsync();

        (report.Blobs, report.Diagnoses.Count).ShouldBe((1, 0));
        File.ReadAllText(_machine["blobs/sha256/notes.txt"]).ShouldBe("mine");
    }

    [Theory]
    [InlineData("bundle")]
    [InlineData("model")]
    public async Task A_registered_version_without_its_content_is_a_problem_that_names_version_and_content(string part)
    {
        var version = await _machine.RegisterAsync();
        var digest = part == "bundle" ? version.Bundle : version.Model;
        File.Delete(_machine.Store.Blobs.PathOf(digest));

        var diagnosis = (await ExamineAsync()).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Finding.What, diagnosis.Finding.Where, diagnosis.Finding.Value)
            .ShouldBe(
                (DiagnosisKind.Problem, $"The {part} is not on this machine", "registry/Demand/versions/00001.json", digest.ToString()));
        diagnosis.Finding.Fix.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Evidence_that_is_gone_is_worth_a_note()
    {
        var evidence = await _machine.PutAsync("evidence");
        var run = await _machine.RunAsync(change: record => record with { Evidence = evidence });
        File.Delete(_machine.Store.Blobs.PathOf(evidence));

        var diagnosis = (await ExamineAsync()).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Finding.Where).ShouldBe((DiagnosisKind.Note, $"runs/{run.Id[..8]}/{run.Id}.json"));
    }

    [Theory]
    [InlineData("registry/Demand/versions/00001.json")]
    [InlineData("registry/Demand/aliases/champion/00001.json")]
    [InlineData("runs/")]
    [InlineData("stages/")]
    [InlineData("deployments/")]
    public async Task A_fact_cut_short_is_a_problem_that_names_it_and_the_rest_is_examined_all_the_same(string kind)
    {
        await FillAsync();
        var path = FactOf(kind);
        File.WriteAllBytes(_machine[path], File.ReadAllBytes(_machine[path])[..20]);

        var report = await ExamineAsync();

        var diagnosis = report.Diagnoses.Single(found => found.Finding.What == "A fact cannot be read");
        (diagnosis.Kind, diagnosis.Finding.Where).ShouldBe((DiagnosisKind.Problem, path));
        diagnosis.Finding.Fix.ShouldNotBeNullOrEmpty();
        report.Facts.ShouldBe(5);
        report.Diagnoses.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_alias_that_names_a_version_nobody_registered_is_a_problem()
    {
        await _machine.RegisterAsync();
        await _machine.PromoteAsync(null, 1);
        File.Delete(_machine["registry/Demand/versions/00001.json"]);

        var diagnosis = (await ExamineAsync()).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Finding.Where, diagnosis.Finding.Value)
            .ShouldBe((DiagnosisKind.Problem, "registry/Demand/aliases/champion/00001.json", "v1"));
        diagnosis.Finding.What.ShouldContain("'champion'");
    }

    [Fact]
    public async Task Versions_of_another_pipeline_do_not_stand_in_for_one_that_is_gone()
    {
        await _machine.RegisterAsync();
        await _machine.RegisterAsync("Other");
        await _machine.PromoteAsync(null, 1);
        File.Delete(_machine["registry/Demand/versions/00001.json"]);

        (await ExamineAsync()).Diagnoses.ShouldHaveSingleItem().Finding.Value.ShouldBe("v1");
    }

    [Fact]
    public async Task An_alias_that_was_taken_away_is_no_problem()
    {
        await _machine.RegisterAsync();
        await _machine.PromoteAsync(null, 1);
        await _machine.PromoteAsync(1, null);

        (await ExamineAsync()).Diagnoses.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("registry/Demand/versions/00001.json")]
    [InlineData("registry/Demand/aliases/champion/00001.json")]
    [InlineData("runs/")]
    [InlineData("stages/")]
    [InlineData("deployments/")]
    public async Task A_fact_from_the_future_says_that_a_clock_is_wrong(string kind)
    {
        await FillAsync();
        var path = FactOf(kind);
        var text = File.ReadAllText(_machine[path]);
        foreach (var member in (string[])["at", "started"])
        {
            text = System.Text.RegularExpressions.Regex.Replace(
                text, $"\"{member}\": *\"2026[^\"]*\"", $"\"{member}\": \"2027-01-01T00:00:00+00:00\"");
        }

        File.WriteAllText(_machine[path], text);

        var diagnosis = (await ExamineAsync()).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Finding.Where, diagnosis.Finding.Value)
            .ShouldBe((DiagnosisKind.Problem, path, "2027-01-01 00:00:00 UTC"));
        diagnosis.Finding.What.ShouldContain("clock");
    }

    [Theory]
    [InlineData(119, 0)]
    [InlineData(121, 1)]
    public async Task Clocks_may_differ_by_two_minutes(int secondsAhead, int problems)
    {
        var ahead = _machine.Time.GetUtcNow().AddSeconds(secondsAhead);
        await _machine.Store.Runs.SaveAsync(
            new() { Id = _machine.Store.Runs.NewId(ahead), Pipeline = "Demand", Started = ahead }, CancellationToken.None);

        (await ExamineAsync()).Diagnoses.Count.ShouldBe(problems);
    }

    [Fact]
    public async Task A_changed_audit_entry_is_a_problem()
    {
        await FillAsync();
        File.WriteAllText(
            _machine["audit.jsonl"], File.ReadAllText(_machine["audit.jsonl"]).Replace("because", "for nothing", StringComparison.Ordinal));

        var diagnosis = (await ExamineAsync()).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Finding.What).ShouldBe((DiagnosisKind.Problem, "The audit chain is broken"));
        diagnosis.Finding.Where.ShouldNotBeNull().ShouldEndWith("entry 1");
    }

    [Fact]
    public async Task Audit_entries_whose_times_go_back_are_noted_with_both_times()
    {
        await _machine.AuditAsync("deploy", []);
        _machine.Time.Advance(-TimeSpan.FromMinutes(10));
        await _machine.AuditAsync("rollback", []);
        _machine.Time.Advance(TimeSpan.FromMinutes(10));

        var diagnosis = (await ExamineAsync()).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Finding.Where).ShouldBe((DiagnosisKind.Note, "audit.jsonl, entry 2"));
        (diagnosis.Finding.Value, diagnosis.Finding.Expected).ShouldBe(("2026-11-21 11:52:00 UTC", "not before 2026-11-21 12:01:00 UTC"));
    }

    [Fact]
    public async Task Half_written_files_of_killed_builds_are_cleared_away_when_nobody_can_be_writing_them()
    {
        await FillAsync();
        var old = Leftover("runs/20261121/run.json.17-abc.tmp", TimeSpan.FromMinutes(61));
        var young = Leftover("blobs/sha256/abc.18-def.tmp", TimeSpan.FromMinutes(59));

        var diagnosis = (await ExamineAsync()).Diagnoses.ShouldHaveSingleItem();

        (diagnosis.Kind, diagnosis.Finding.Value).ShouldBe((DiagnosisKind.Repaired, "1"));
        (File.Exists(old), File.Exists(young)).ShouldBe((false, true));
        (await ExamineAsync()).Diagnoses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lock_that_is_held_is_noted_and_one_that_is_free_is_not()
    {
        var held = _machine["locks/deploy-Demand-local.lock"];
        using (await FileLock.AcquireAsync(held, TimeSpan.Zero, _machine.Time, CancellationToken.None))
        {
            var diagnosis = (await ExamineAsync()).Diagnoses.ShouldHaveSingleItem();
            (diagnosis.Kind, diagnosis.Finding.Where).ShouldBe((DiagnosisKind.Note, held));
            diagnosis.Finding.Fix.ShouldNotBeNullOrEmpty();
        }

        (await ExamineAsync()).Diagnoses.ShouldBeEmpty();
        File.Exists(held).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lock_of_a_build_that_was_killed_is_free_and_not_told()
    {
        var path = _machine["locks/sync.lock"];
        using var other = await OtherProcess.StartAsync("lock", path);
        (await ExamineAsync()).Diagnoses.ShouldHaveSingleItem().Finding.Where.ShouldBe(path);

        await other.KillAsync();

        (await ExamineAsync()).Diagnoses.ShouldBeEmpty();
        using var taken = await FileLock.AcquireAsync(path, TimeSpan.Zero, _machine.Time, CancellationToken.None);
    }

    [Fact]
    public async Task The_worst_comes_last()
    {
        await FillAsync();
        File.WriteAllText((await _machine.StageAsync(7)).Outputs["rows.csv"].Path, "damaged");
        File.WriteAllText(_machine[FactOf("runs/")], "damaged");
        using var held = await _machine.Store.LockAsync("other", TimeSpan.Zero, CancellationToken.None);

        (await ExamineAsync()).Diagnoses.Select(diagnosis => diagnosis.Kind)
            .ShouldBe([DiagnosisKind.Note, DiagnosisKind.Repaired, DiagnosisKind.Problem]);
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_things_and_changes_nothing()
    {
        await FillAsync();
        File.WriteAllText((await _machine.StageAsync(7)).Outputs["rows.csv"].Path, "damaged");
        File.WriteAllText(_machine[FactOf("runs/")], "damaged");
        Leftover("runs/20261121/run.json.17-abc.tmp", TimeSpan.FromHours(2));
        var before = _machine.Files();

        var dry = await ExamineAsync(repairs: false);

        _machine.Files().ShouldBe(before);
        dry.Diagnoses.ShouldNotContain(diagnosis => diagnosis.Kind == DiagnosisKind.Repaired);
        dry.Diagnoses.Select(diagnosis => diagnosis.Finding)
            .ShouldBe((await ExamineAsync()).Diagnoses.Select(diagnosis => diagnosis.Finding), ignoreOrder: true);
    }

    [Fact]
    public async Task Damaged_content_is_never_lost_by_a_repair()
    {
        var contents = new List<string>();
        for (var rows = 0; rows < 5; rows++)
        {
            File.WriteAllText((await _machine.StageAsync(rows)).Outputs["rows.csv"].Path, $"damaged {rows}");
            contents.Add($"damaged {rows}");
        }

        (await ExamineAsync()).Diagnoses.Count.ShouldBe(5);

        Directory.GetFiles(_machine["damaged"]).Select(File.ReadAllText).ShouldBe(contents, ignoreOrder: true);
    }

    private Task<HealthReport> ExamineAsync(bool repairs = true) =>
        new StoreDoctor(_machine.Store, _machine.Time, repairs).ExamineAsync(CancellationToken.None);

    // One of each kind of fact.
    private async Task FillAsync()
    {
        await _machine.StageAsync(1);
        await _machine.RegisterAsync();
        await _machine.PromoteAsync(null, 1);
        await _machine.AuditAsync(
            "deploy", new(StringComparer.Ordinal) { ["deployment"] = Path.GetFileNameWithoutExtension(await _machine.DeployAsync(1)) });
    }

    private string FactOf(string kind) => File.Exists(_machine[kind]) ? kind
        : Path.GetRelativePath(
            _machine.Store.Folder,
            Directory.GetFiles(_machine[kind], "*.json", SearchOption.AllDirectories)
                .First(file => !file.Contains("/last/", StringComparison.Ordinal)));

    private string Leftover(string relative, TimeSpan age)
    {
        Machine.Write(_machine[relative], "half");
        File.SetLastWriteTimeUtc(_machine[relative], (_machine.Time.GetUtcNow() - age).UtcDateTime);
        return _machine[relative];
    }
}
