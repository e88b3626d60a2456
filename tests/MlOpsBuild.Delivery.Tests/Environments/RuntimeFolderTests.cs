using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Environments.Tests;

public sealed class RuntimeFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_shell_with_other_variables_finds_the_state_that_was_written_first()
    {
        var first = new LocalStateFile(_folder["root"], "Demand", "local", Shell("one"));
        await first.WriteAsync(LocalState.Empty, CancellationToken.None);

        new LocalStateFile(_folder["root"], "Demand", "local", Shell("two")).Folder.ShouldBe(first.Folder);
        LocalStateFile.Pipelines(_folder["root"], "local", Shell("two")).ShouldBe(["Demand"]);
    }

    [Fact]
    public async Task A_remembered_folder_that_is_gone_is_not_used()
    {
        var first = new LocalStateFile(_folder["root"], "Demand", "local", Shell("one"));
        await first.WriteAsync(LocalState.Empty, CancellationToken.None);
        Directory.Delete(first.Folder, recursive: true);

        new LocalStateFile(_folder["root"], "Demand", "local", Shell("two")).Folder.ShouldStartWith(_folder["two"]);
    }

    [Fact]
    public void A_folder_that_others_could_read_is_closed()
    {
        var open = Directory.CreateDirectory(_folder["open"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        Servers.PrivateFile.CreateFolder(open.FullName);
        File.GetUnixFileMode(open.FullName).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Dictionary<string, string> Shell(string name) => new() { ["XDG_RUNTIME_DIR"] = Directory.CreateDirectory(_folder[name]).FullName };
}
