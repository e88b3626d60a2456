using System.Diagnostics;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Servers.Tests;

[Collection(nameof(ServerCollection))]
public sealed class ServerStopperTests(InstalledServer installed) : IDisposable
{
    private readonly LocalWorld _world = new(installed.Program);

    private ServerStopper Stopper => new(_world.Admin, TimeProvider.System);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_stopped_server_is_gone_with_its_folder()
    {
        var server = await ServeAsync();

        await Stopper.StopAsync(server, CancellationToken.None);

        LocalWorld.PidsOf(server.Folder).ShouldBeEmpty();
        Directory.Exists(server.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_hangs_is_killed()
    {
        var server = await ServeAsync();
        await LocalWorld.SignalAsync(server, "STOP");

        await Stopper.StopAsync(server, CancellationToken.None);

        LocalWorld.PidsOf(server.Folder).ShouldBeEmpty();
        Directory.Exists(server.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_process_that_only_has_the_same_number_is_left_alone()
    {
        using var stranger = Process.Start("sleep", "600");
        try
        {
            var folder = Directory.CreateDirectory(_world["run/old"]).FullName;

            await Stopper.StopAsync(new("id", "token", stranger.Id, 1, 1, 1, DateTimeOffset.UnixEpoch, folder), CancellationToken.None);

            stranger.HasExited.ShouldBeFalse();
            Directory.Exists(folder).ShouldBeFalse();
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task A_zombie_is_dead_and_needs_no_killing()
    {
        var (parent, server) = await ServeUnderAParentThatNeverWaitsAsync();
        try
        {
            (await _world.Admin.IsOursAsync(server, CancellationToken.None)).ShouldBeTrue();
            await LocalWorld.SignalAsync(server, "KILL");

            await UntilAsync(() => State(server.Pid) == "Z");

            (await _world.Admin.IsOursAsync(server, CancellationToken.None)).ShouldBeFalse();
            await Stopper.StopAsync(server, CancellationToken.None);
            State(server.Pid).ShouldBe("Z");
            Directory.Exists(server.Folder).ShouldBeFalse();
        }
        finally
        {
            parent.Kill();
            parent.Dispose();
        }
    }

    private async Task<(Process Parent, ServerInstance Server)> ServeUnderAParentThatNeverWaitsAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_world.Folder.Path, "orphan")).FullName;
        var model = await _world.ModelAsync();
        var files = new ServerFiles(
            "id", "token", Path.Combine(folder, "ready.json"), Path.Combine(folder, "server.log"), installed.Program.Command.Program,
            DateTimeOffset.UnixEpoch);
        var options = Path.Combine(folder, "options.json");
        await PrivateFile.WriteAsync(
            options,
            CanonicalJson.Serialize(
                new ModelServerOptions(files, TinyModel.Pipeline, 1, model.Model.Path, model.Model.Digest.ToString(), null)),
            CancellationToken.None);
        var parent = Process.Start(
            "/bin/sh", ["-c", "\"$0\" \"$1\" serve \"$2\" & exec sleep 600", DotnetHost.Path, installed.Program.Command.Program, options]);
        await UntilAsync(() => File.Exists(files.ReadyFile));
        var ready = JsonSerializer.Deserialize<ServerReady>(await File.ReadAllTextAsync(files.ReadyFile), CanonicalJson.Options)!;
        return (parent, new(files.Id, files.Token, ready.Pid, ready.Port, ready.AdminPort, 1, DateTimeOffset.UnixEpoch, folder));
    }

    private static string State(int pid) => File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1].Split(' ')[0];

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task<ServerInstance> ServeAsync() =>
        await _world.Launcher.ServeAsync(TinyModel.Pipeline, 1, await _world.ModelAsync(), null, CancellationToken.None);
}
