using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Servers.Tests;

public sealed class ServerProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ServerProgramTests()
    {
        Write("beside/mlops-server.dll", "program");
        Write("beside/runtimes/linux/native.so", "library");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_installed_by_the_digest_of_all_its_files()
    {
        var program = await InstallAsync();

        program.Command.Program.ShouldBe(_folder[$"store/servers/{program.Digest.Hex}/mlops-server.dll"]);
        File.ReadAllText(program.Command.Program).ShouldBe("program");
        File.ReadAllText(_folder[$"store/servers/{program.Digest.Hex}/runtimes/linux/native.so"]).ShouldBe("library");
    }

    [Theory]
    [InlineData("beside/mlops-server.dll")]
    [InlineData("beside/runtimes/linux/native.so")]
    [InlineData("beside/new.json")]
    public async Task A_changed_program_is_another_one_and_the_running_one_stays(string changed)
    {
        var before = await InstallAsync();
        Write(changed, "changed");

        var after = await InstallAsync();

        after.Digest.ShouldNotBe(before.Digest);
        File.ReadAllText(before.Command.Program).ShouldBe("program");
        Directory.GetDirectories(_folder["store/servers"]).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_moved_makes_another_program()
    {
        var before = await InstallAsync();
        File.Move(_folder["beside/runtimes/linux/native.so"], _folder["beside/native.so"]);

        (await InstallAsync()).Digest.ShouldNotBe(before.Digest);
    }

    [Fact]
    public async Task Installing_again_changes_nothing()
    {
        var first = await InstallAsync();
        var written = File.GetLastWriteTimeUtc(first.Command.Program);

        (await InstallAsync()).ShouldBe(first);

        File.GetLastWriteTimeUtc(first.Command.Program).ShouldBe(written);
        Directory.GetFileSystemEntries(_folder["store/servers"]).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_half_copy_of_a_build_that_died_does_not_disturb()
    {
        var digest = (await InstallAsync()).Digest;
        Directory.Delete(_folder["store"], recursive: true);
        Write($"store/servers/{digest.Hex}.{Environment.ProcessId}.tmp/mlops-server.dll", "half");

        File.ReadAllText((await InstallAsync()).Command.Program).ShouldBe("program");
    }

    [Theory]
    [InlineData("mlops-server.dll")]
    [InlineData("runtimes/linux/native.so")]
    public async Task A_damaged_installed_copy_is_made_whole_again(string damaged)
    {
        var program = await InstallAsync();
        var copy = _folder[$"store/servers/{program.Digest.Hex}/{damaged}"];
        var whole = File.ReadAllText(copy);
        File.WriteAllText(copy, "");

        (await InstallAsync()).ShouldBe(program);

        File.ReadAllText(copy).ShouldBe(whole);
    }

    [Fact]
    public async Task An_installed_copy_that_lost_a_file_is_made_whole_again()
    {
        var program = await InstallAsync();
        File.Delete(program.Command.Program);

        await InstallAsync();

        File.Exists(program.Command.Program).ShouldBeTrue();
    }

    [Fact]
    public async Task A_missing_program_is_a_wrong_call_that_names_folder_and_parameter()
    {
        var refusal = await Should.ThrowAsync<UsageException>(
            ServerProgram.InstallAsync(_folder["nowhere"], _folder["store"], CancellationToken.None));

        var finding = refusal.Findings.ShouldHaveSingleItem();
        (finding.What, finding.Where).ShouldBe(("The server program is missing", _folder["nowhere"]));
        finding.Fix.ShouldNotBeNull().ShouldContain("--server");
    }

    private Task<ServerProgram> InstallAsync() => ServerProgram.InstallAsync(_folder["beside"], _folder["store"], CancellationToken.None);

    private void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[relative])!);
        File.WriteAllText(_folder[relative], text);
    }
}
