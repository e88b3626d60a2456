using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Environments.Tests;

public sealed class LocalStateFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables;

    public LocalStateFileTests()
    {
        Directory.CreateDirectory(_folder["run"]);
        _variables = new() { ["XDG_RUNTIME_DIR"] = _folder["run"] };
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task State_is_read_back_as_written_and_lives_under_the_users_runtime_folder()
    {
        var state = new LocalState(Instance("gateway"), [Instance("one"), Instance("two")]);

        await Open().WriteAsync(state, CancellationToken.None);

        var read = Open().Read();
        read.Gateway.ShouldBe(state.Gateway);
        read.Servers.ShouldBe(state.Servers);
        var file = Directory.GetFiles(_folder["run"], "*.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe("Tiny.local.json");
    }

    [Fact]
    public async Task Only_the_owner_can_read_it_or_enter_its_folder()
    {
        var file = Open();
        await file.WriteAsync(LocalState.Empty, CancellationToken.None);

        File.GetUnixFileMode(Path.Combine(file.Folder, "Tiny.local.json")).ShouldBe(Owner);
        File.GetUnixFileMode(file.Folder).ShouldBe(Owner | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Another_checkout_another_pipeline_and_another_environment_have_states_of_their_own()
    {
        await Open().WriteAsync(new(Instance("gateway"), []), CancellationToken.None);

        new LocalStateFile(_folder["other"], "Tiny", "local", _variables).Read().Gateway.ShouldBeNull();
        new LocalStateFile(_folder["checkout"], "Other", "local", _variables).Read().Gateway.ShouldBeNull();
        new LocalStateFile(_folder["checkout"], "Tiny", "docker", _variables).Read().Gateway.ShouldBeNull();
        new LocalStateFile(_folder["checkout/sub/.."], "Tiny", "local", _variables).Read().Gateway.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    public async Task A_state_that_cannot_be_read_is_empty(string damaged)
    {
        var file = Open();
        await file.WriteAsync(new(Instance("gateway"), []), CancellationToken.None);
        File.WriteAllText(Path.Combine(file.Folder, "Tiny.local.json"), damaged);

        file.Read().ShouldBe(LocalState.Empty);
    }

    [Fact]
    public async Task Pipelines_with_state_are_listed_until_it_is_forgotten()
    {
        await Open("B").WriteAsync(LocalState.Empty, CancellationToken.None);
        await Open("A").WriteAsync(LocalState.Empty, CancellationToken.None);

        Pipelines().ShouldBe(["A", "B"]);
        Open("A").Delete();
        Pipelines().ShouldBe(["B"]);
        Open("A").Read().ShouldBe(LocalState.Empty);
    }

    [Fact]
    public void A_checkout_that_never_deployed_has_no_pipelines() => Pipelines().ShouldBeEmpty();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/no/such/folder")]
    public void Without_a_usable_runtime_folder_it_is_the_users_own_temporary_one(string? runtime)
    {
        var variables = runtime == null ? [] : new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = runtime };
        var file = new LocalStateFile(_folder["checkout"], "Tiny", "local", variables);
        try
        {
            file.Folder.ShouldStartWith(Path.Combine(Path.GetTempPath(), $"mlops-{Environment.UserName}"));
        }
        finally
        {
            Directory.Delete(file.Folder, recursive: true);
        }
    }

    private static ServerInstance Instance(string id) => new(id, "token", 7, 8, 9, 1, DateTimeOffset.UnixEpoch, Core.Digest.Of(id), "/run/" + id);

    private LocalStateFile Open(string pipeline = "Tiny") => new(_folder["checkout"], pipeline, "local", _variables);

    private IReadOnlyList<string> Pipelines() => LocalStateFile.Pipelines(_folder["checkout"], "local", _variables);
}
