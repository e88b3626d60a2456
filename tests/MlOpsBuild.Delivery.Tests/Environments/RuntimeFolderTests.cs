using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Environments.Tests;

public sealed class RuntimeFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_shell_with_other_variables_finds_what_was_written_first()
    {
        var first = Of("one");
        await first.CreateAsync(gateway: true, CancellationToken.None);

        Of("two").Path.ShouldBe(first.Path);
        EnvironmentFolder.Pipelines(_folder["root"], "local", Shell("two")).ShouldBe(["Demand"]);
    }

    [Fact]
    public async Task A_remembered_folder_that_is_gone_is_not_used()
    {
        var first = Of("one");
        await first.CreateAsync(gateway: true, CancellationToken.None);
        Directory.Delete(Path.GetDirectoryName(first.Path)!, recursive: true);

        Of("two").Path.ShouldStartWith(_folder["two"]);
    }

    [Fact]
    public async Task Pipelines_and_environments_keep_apart()
    {
        await Of("one").CreateAsync(gateway: false, CancellationToken.None);
        await new EnvironmentFolder(_folder["root"], "Other", "contract-test", Shell("one"))
            .CreateAsync(gateway: false, CancellationToken.None);

        EnvironmentFolder.Pipelines(_folder["root"], "local", Shell("one")).ShouldBe(["Demand"]);
    }

    [Fact]
    public async Task The_token_for_labels_is_made_once_and_only_its_owner_can_read_it()
    {
        var token = await Of("one").FeedbackTokenAsync(CancellationToken.None);

        (await Of("one").FeedbackTokenAsync(CancellationToken.None)).ShouldBe(token);
        token.Length.ShouldBe(64);
        File.GetUnixFileMode(Of("one").FeedbackTokenFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("{ half")]
    [InlineData("{}")]
    public async Task A_server_folder_that_was_not_written_whole_is_no_server(string options)
    {
        var folder = await Of("one").CreateAsync(gateway: false, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(folder, "options.json"), options);

        Of("one").Servers().ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_others_could_read_is_closed()
    {
        var open = Directory.CreateDirectory(
            _folder["open"],
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        PrivateFile.CreateFolder(open.FullName);
        File.GetUnixFileMode(open.FullName).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private EnvironmentFolder Of(string shell) => new(_folder["root"], "Demand", "local", Shell(shell));

    private Dictionary<string, string> Shell(string name) =>
        new() { ["XDG_RUNTIME_DIR"] = Directory.CreateDirectory(_folder[name]).FullName };
}
