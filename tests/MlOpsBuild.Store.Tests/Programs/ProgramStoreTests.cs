using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;

namespace MlOpsBuild.Store.Programs.Tests;

public sealed class ProgramStoreTests : IDisposable
{
    private readonly Machines _machines = new();
    private readonly Machine _machine;

    public ProgramStoreTests() => _machine = _machines.Alone();

    public void Dispose() => _machines.Dispose();

    [Fact]
    public async Task A_kept_program_comes_back_with_every_file_in_a_folder_of_its_own()
    {
        var folder = _machine.ProgramFolder();
        var digest = (await KeepAsync(folder)).ShouldNotBeNull();
        Directory.Delete(folder, recursive: true);

        var entry = await RestoreAsync(digest);

        entry.ShouldBe(_machine[$"programs/{digest.Hex}/_build.dll"]);
        File.ReadAllText(entry).ShouldBe("program");
        File.ReadAllText(_machine[$"programs/{digest.Hex}/mlops-server/mlops-server.dll"]).ShouldBe("server of program");
        Directory.GetFiles(_machine[$"programs/{digest.Hex}"], "*", SearchOption.AllDirectories).Length.ShouldBe(3);
    }

    [Fact]
    public async Task The_digest_tells_programs_apart_by_every_file_and_not_by_their_folder()
    {
        var folder = _machine.ProgramFolder();
        var digest = await ProgramStore.DigestOfAsync(folder, CancellationToken.None);
        Directory.Move(folder, folder + "-moved");

        (await KeepAsync(folder + "-moved")).ShouldBe(digest.ShouldNotBeNull());

        File.AppendAllText(Path.Combine(folder + "-moved", "mlops-server", "mlops-server.dll"), "!");
        (await ProgramStore.DigestOfAsync(folder + "-moved", CancellationToken.None)).ShouldNotBe(digest);
    }

    [Fact]
    public async Task The_digest_tells_a_file_from_the_same_file_under_another_name()
    {
        var folder = _machine.ProgramFolder();
        var digest = await ProgramStore.DigestOfAsync(folder, CancellationToken.None);
        File.Move(Path.Combine(folder, "mlops-server", "mlops-server.dll"), Path.Combine(folder, "mlops-server.dll"));

        (await ProgramStore.DigestOfAsync(folder, CancellationToken.None)).ShouldNotBe(digest);
    }

    [Fact]
    public async Task The_stamp_of_its_sources_is_not_a_part_of_a_program()
    {
        var folder = _machine.ProgramFolder();
        var digest = await ProgramStore.DigestOfAsync(folder, CancellationToken.None);
        File.WriteAllText(Path.Combine(folder, "inputs.txt"), "sdk 10\n17 638 abc src/File.cs\n");

        (await KeepAsync(folder)).ShouldBe(digest);
        var restored = Path.GetDirectoryName(await RestoreAsync(digest!.Value))!;
        File.Exists(Path.Combine(restored, "inputs.txt")).ShouldBeFalse();
        (await ProgramStore.DigestOfAsync(restored, CancellationToken.None)).ShouldBe(digest);
    }

    [Fact]
    public async Task Where_there_is_no_program_none_is_kept()
    {
        Directory.CreateDirectory(_machine["../empty"]);

        (await KeepAsync(_machine["../empty"])).ShouldBeNull();
        (await KeepAsync(_machine["../nowhere"])).ShouldBeNull();
        (await ProgramStore.DigestOfAsync(_machine["../nowhere"], CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_folder_with_two_programs_is_none()
    {
        var folder = _machine.ProgramFolder();
        File.WriteAllText(Path.Combine(folder, "other.runtimeconfig.json"), "{}");

        (await KeepAsync(folder)).ShouldBeNull();
    }

    [Fact]
    public async Task Kept_again_a_program_changes_nothing()
    {
        var folder = _machine.ProgramFolder();
        var digest = await KeepAsync(folder);
        var before = _machine.Files();

        (await KeepAsync(folder)).ShouldBe(digest);

        _machine.Files().ShouldBe(before);
    }

    [Fact]
    public async Task Restored_again_a_program_is_the_one_that_is_there()
    {
        var digest = (await KeepAsync(_machine.ProgramFolder())).ShouldNotBeNull();
        var first = await RestoreAsync(digest);
        var written = File.GetLastWriteTimeUtc(first);

        (await RestoreAsync(digest)).ShouldBe(first);

        File.GetLastWriteTimeUtc(first).ShouldBe(written);
    }

    [Fact]
    public async Task Restored_by_many_at_once_a_program_is_whole()
    {
        var digest = (await KeepAsync(_machine.ProgramFolder())).ShouldNotBeNull();

        var entries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MlOpsStore.At(_machine.Root, _machine.Time).Programs.RestoreAsync(digest, CancellationToken.None))));

        entries.Distinct().ShouldHaveSingleItem();
        (await ProgramStore.DigestOfAsync(_machine[$"programs/{digest.Hex}"], CancellationToken.None)).ShouldBe(digest);
        Directory.GetFileSystemEntries(_machine["programs"]).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_program_nobody_knows_cannot_be_restored_and_it_is_said_how_it_could()
    {
        _machine.Store.Programs.Knows(Digest.Of("unknown")).ShouldBeFalse();

        var finding = (await Should.ThrowAsync<StageFailedException>(RestoreAsync(Digest.Of("unknown")))).Findings.ShouldHaveSingleItem();

        finding.What.ShouldBe("The program that deployed is not known here");
        finding.Fix.ShouldNotBeNull().ShouldContain("Sync");
    }

    [Fact]
    public async Task A_record_that_was_changed_is_not_followed()
    {
        var digest = (await KeepAsync(_machine.ProgramFolder())).ShouldNotBeNull();
        var path = _machine[$"programs/{digest.Hex}.json"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("_build.dll", "_other.dll", StringComparison.Ordinal));

        (await Should.ThrowAsync<StageFailedException>(RestoreAsync(digest))).Findings.ShouldHaveSingleItem().What.ShouldBe("The record of the program that deployed was changed");

        Directory.Exists(_machine[$"programs/{digest.Hex}"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("../escaped.dll")]
    [InlineData("a/../../escaped.dll")]
    [InlineData("/tmp/mlops-escaped.dll")]
    public async Task A_program_that_names_a_file_outside_its_folder_is_refused(string file)
    {
        var content = await _machine.PutAsync("escaped");
        var fact = CanonicalJson.Serialize(new KeptProgram("_build.dll", new(StringComparer.Ordinal) { [file] = content }));
        Machine.Write(_machine[$"programs/{Digest.Of(fact).Hex}.json"], "");
        File.WriteAllBytes(_machine[$"programs/{Digest.Of(fact).Hex}.json"], fact);

        (await Should.ThrowAsync<StageFailedException>(RestoreAsync(Digest.Of(fact)))).Findings.ShouldHaveSingleItem().Value.ShouldBe(file);

        Directory.GetFiles(_machine.Root, "*escaped.dll", SearchOption.AllDirectories).ShouldBeEmpty();
        File.Exists("/tmp/mlops-escaped.dll").ShouldBeFalse();
        Directory.Exists(_machine[$"programs/{Digest.Of(fact).Hex}"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_of_which_a_file_is_gone_or_damaged_is_not_restored_in_part()
    {
        var digest = (await KeepAsync(_machine.ProgramFolder())).ShouldNotBeNull();
        File.WriteAllText(_machine.Store.Blobs.PathOf(Digest.Of("server of program")), "damaged");

        await Should.ThrowAsync<StageFailedException>(RestoreAsync(digest));

        Directory.Exists(_machine[$"programs/{digest.Hex}"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_machine_with_nothing_but_the_teams_state_restores_it_whatever_its_size()
    {
        var (one, two) = (await _machines.JoinAsync("one", blobLimit: 4), await _machines.JoinAsync("two"));
        var digest = (await one.Store.Programs.KeepAsync(one.ProgramFolder("a long program"), CancellationToken.None)).ShouldNotBeNull();
        await one.DeployAsync(1, digest);
        await one.Store.Team!.PublishAsync(CancellationToken.None);
        await two.Store.Team!.PullAsync(CancellationToken.None);

        two.Store.Programs.Knows(digest).ShouldBeTrue();
        File.ReadAllText(await two.Store.Programs.RestoreAsync(digest, CancellationToken.None)).ShouldBe("a long program");
    }

    private Task<Digest?> KeepAsync(string folder) => _machine.Store.Programs.KeepAsync(folder, CancellationToken.None);

    private Task<string> RestoreAsync(Digest digest) => _machine.Store.Programs.RestoreAsync(digest, CancellationToken.None);
}
