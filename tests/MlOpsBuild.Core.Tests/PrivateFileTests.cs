using System.Runtime.Versioning;
using System.Text;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Core.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_the_owner_can_read_a_file_even_one_that_others_could_read_before()
    {
        File.WriteAllText(_folder["state.json"], "old");
        File.SetUnixFileMode(_folder["state.json"], Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await PrivateFile.WriteAsync(_folder["state.json"], Encoding.UTF8.GetBytes("new"), CancellationToken.None);

        File.ReadAllText(_folder["state.json"]).ShouldBe("new");
        File.GetUnixFileMode(_folder["state.json"]).ShouldBe(Owner);
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_file_written_without_waiting_is_the_owners_alone_too()
    {
        File.WriteAllText(_folder["routes.json"], "old");
        File.SetUnixFileMode(_folder["routes.json"], Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        PrivateFile.Write(_folder["routes.json"], "new"u8);

        File.ReadAllText(_folder["routes.json"]).ShouldBe("new");
        File.GetUnixFileMode(_folder["routes.json"]).ShouldBe(Owner);
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void Only_the_owner_can_enter_a_folder() =>
        File.GetUnixFileMode(PrivateFile.CreateFolder(_folder["runtime"])).ShouldBe(Owner | UnixFileMode.UserExecute);
}
