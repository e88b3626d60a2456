using System.Net;
using System.Net.Sockets;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Servers.Tests;

[Collection(nameof(ServerCollection))]
public sealed class ServerLauncherTests(InstalledServer installed) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_model_server_answers_with_its_id_from_a_process_of_its_own()
    {
        var server = await ServeAsync();

        server.Version.ShouldBe(3);
        _world.Folder.Servers().ShouldBe([server]);
        server.Pid.ShouldNotBe(Environment.ProcessId);
        (await _world.Admin.IsOursAsync(server, CancellationToken.None)).ShouldBeTrue();
        _world.Launcher.Started.ShouldBe(1);
    }

    [Fact]
    public async Task A_gateway_starts_without_routes_and_nothing_serves()
    {
        var gateway = await _world.Launcher.RouteAsync(TinyModel.Pipeline, 0, 1, CancellationToken.None);

        (await _world.Admin.RoutesAsync(gateway, CancellationToken.None)).ShouldNotBeNull().Baseline.ShouldBeNull();
        (await _world.Admin.TrafficAsync(gateway, 0, null, CancellationToken.None)).ShouldNotBeNull().Requests.ShouldBeEmpty();
        (gateway.Version, _world.Folder.Gateway()).ShouldBe((0, gateway));
    }

    [Fact]
    public async Task Only_the_owner_can_read_options_and_they_alone_hold_the_token()
    {
        var server = await ServeAsync();

        var options = Path.Combine(server.Folder, "options.json");
        File.GetUnixFileMode(options).ShouldBe(OwnerOnly);
        File.ReadAllText(options).ShouldContain(server.Token);
        File.ReadAllText(Path.Combine(server.Folder, "ready.json")).ShouldNotContain(server.Token);
        File.ReadAllText(Path.Combine(server.Folder, "server.log")).ShouldNotContain(server.Token);
        File.ReadAllText($"/proc/{server.Pid}/cmdline").ShouldNotContain(server.Token);
        File.ReadAllText($"/proc/{server.Pid}/environ").ShouldNotContain(server.Token);
    }

    [Fact]
    public async Task A_server_has_its_own_session_and_folder_and_no_handles_of_ours()
    {
        var server = await ServeAsync();

        Target($"/proc/{server.Pid}/cwd").ShouldBe(server.Folder);
        for (var stream = 0; stream <= 2; stream++)
        {
            Target($"/proc/{server.Pid}/fd/{stream}").ShouldBe("/dev/null");
        }

        // Field 6 of stat, after the name in brackets, is the session; its leader is the process itself.
        File.ReadAllText($"/proc/{server.Pid}/stat").Split(") ")[1].Split(' ')[3].ShouldBe($"{server.Pid}");
    }

    [Fact]
    public async Task A_server_inherits_only_what_it_needs_of_the_environment()
    {
        var server = await ServeAsync();

        var names = File.ReadAllText($"/proc/{server.Pid}/environ")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=')[0]);

        // Where programs and libraries are: a model may be a program of its own.
        names.ShouldBeSubsetOf(
        [
            "PATH", "HOME", "DOTNET_ROOT", "TMPDIR", "TEMP", "TMP", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV",
            "CONDA_PREFIX", "JAVA_HOME", "R_LIBS_USER", "OMP_NUM_THREADS",
            GatewayOptions.ProfileVariable, "DOTNET_gcServer",
        ]);
    }

    [Fact]
    public async Task Every_server_gets_its_own_id_token_and_ports()
    {
        var one = await ServeAsync();
        var other = await ServeAsync();

        (one.Id == other.Id, one.Token == other.Token).ShouldBe((false, false));
        new[] { one.Port, one.AdminPort, other.Port, other.AdminPort }.Distinct().Count().ShouldBe(4);
        one.Token.Length.ShouldBe(64);
    }

    [Fact]
    public async Task A_port_in_use_is_a_wrong_call_that_names_the_parameter()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var refusal = await Should.ThrowAsync<UsageException>(
            _world.Launcher.RouteAsync(TinyModel.Pipeline, port, 1, CancellationToken.None));

        refusal.ExitCode.ShouldBe(2);
        var finding = refusal.Findings.ShouldHaveSingleItem();
        (finding.What, finding.Where).ShouldBe(("The port is in use", "--port"));
        finding.Value.ShouldNotBeNull().ShouldContain($"{port}");
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_file_that_is_not_the_deployed_model_is_refused_with_the_servers_reason()
    {
        var model = await _world.ModelAsync();

        var failure = await Should.ThrowAsync<StageFailedException>(
            _world.Launcher.ServeAsync(
                TinyModel.Pipeline, 1, model with { Model = new(Digest.Of("another model"), model.Model.Path) }, null,
                CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.What.ShouldBe("A server did not start");
        finding.Value.ShouldNotBeNull().ShouldContain("The model file is not the model that was deployed");
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_a_start_leaves_no_process_behind()
    {
        using var stopping = new CancellationTokenSource();
        var model = await _world.ModelAsync();
        var starting = _world.Launcher.ServeAsync(TinyModel.Pipeline, 1, model, null, stopping.Token);
        await stopping.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(starting);

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (LocalWorld.PidsOf(_world.Folder.Path).Count > 0)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task<ServerInstance> ServeAsync() =>
        await _world.Launcher.ServeAsync(TinyModel.Pipeline, 3, await _world.ModelAsync(), null, CancellationToken.None);

    private static string? Target(string link) => new FileInfo(link).LinkTarget;
}
