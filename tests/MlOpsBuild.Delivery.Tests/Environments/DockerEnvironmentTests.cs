using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments.Docker;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Environments.Tests;

[Collection(nameof(ContainerCollection))]
public sealed class DockerEnvironmentTests(ContainerFixture containers)
{
    [DockerEngineFact]
    public async Task Containers_may_do_no_more_than_they_need_and_stopping_leaves_nothing()
    {
        await using var world = new DockerWorld(containers);
        var server = await world.StartAsync(1);
        await world.RouteAsync(_ => new() { Baseline = server.Upstream });

        var gateway = (await world.ObserveAsync()).Gateway!;
        foreach (var container in (string[])[server.Container!, gateway.Container!])
        {
            var (_, limits) = await world.Engine.RunAsync(
                "inspect", "--format",
                "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} {{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.PidsLimit}} {{.Config.User}} {{.HostConfig.Privileged}}",
                container);
            limits.Trim().ShouldBe("true [ALL] [no-new-privileges] 268435456 268435456 256 10001:10001 false");
            var (_, ports) = await world.Engine.RunAsync("port", container);
            ports.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(port => port.Contains("-> 127.0.0.1:"));
            (await world.Engine.RunAsync("inspect", "--format", "{{.HostConfig.RestartPolicy.Name}}", container)).Output.Trim()
                .ShouldBe("unless-stopped", "it serves somebody");
            (await world.Engine.RunAsync("inspect", container)).Output.ShouldNotContain(gateway.Token);
        }

        await world.Environment.StopAllAsync(CancellationToken.None);

        (await world.Engine.RunAsync("ps", "--all", "--quiet")).Output.ShouldBeEmpty();
        (await world.Engine.RunAsync("volume", "ls", "--quiet")).Output.ShouldBeEmpty();
        (await world.Engine.RunAsync("network", "ls", "--filter", "type=custom", "--quiet")).Output.ShouldBeEmpty();
    }

    [DockerEngineFact]
    public async Task Another_machines_build_knows_what_serves_without_a_file_of_the_one_that_started_it()
    {
        await using var world = new DockerWorld(containers);
        var server = await world.StartAsync(1);
        await world.RouteAsync(_ => new() { Baseline = server.Upstream });
        var token = await world.Folder.FeedbackTokenAsync(CancellationToken.None);
        Directory.Delete(world.Folder.Path, recursive: true);

        using var again = (DockerEnvironment)world.Reopen();
        var observed = await again.ObserveAsync(CancellationToken.None);

        (observed.Serving, observed.Gateway != null).ShouldBe((server, true));
        (await world.Folder.FeedbackTokenAsync(CancellationToken.None)).ShouldBe(token);
    }

    [DockerEngineFact]
    public async Task A_version_on_trial_is_not_started_again_by_the_engine()
    {
        await using var world = new DockerWorld(containers);
        var server = await world.StartAsync(1);

        (await world.Engine.RunAsync("inspect", "--format", "{{.HostConfig.RestartPolicy.Name}}", server.Container!)).Output.Trim()
            .ShouldBeOneOf("", "no");
    }

    [DockerEngineFact]
    public async Task A_container_that_is_killed_from_outside_is_told_as_such()
    {
        await using var world = new DockerWorld(containers);
        var server = await world.StartAsync(1);
        await world.RouteAsync(_ => new() { Baseline = server.Upstream });

        await world.KillAsync(server);

        var observed = await world.ObserveAsync();
        var dead = observed.Servers.ShouldHaveSingleItem();
        (dead.Alive, dead.Problem, observed.Serving)
            .ShouldBe((false, "its container was killed from outside (exit code 137, with memory left)", null));
    }

    [DockerEngineFact]
    public async Task A_container_that_gets_too_little_memory_is_told_as_such_and_taken_away()
    {
        await using var world = new DockerWorld(containers, new() { MemoryMebibytes = 12 });

        var problem = await Should.ThrowAsync<StageFailedException>(() => world.StartAsync(1));

        problem.Findings[0].What.ShouldBe("v1 does not start: out of memory: the engine ended its container, which may have 12 MiB");
        (await world.Engine.RunAsync("ps", "--all", "--quiet")).Output.ShouldBeEmpty();
    }

    [DockerEngineFact]
    public async Task An_image_with_another_model_than_the_registered_one_does_not_start()
    {
        await using var world = new DockerWorld(containers);
        await world.RegisterAsync(1);
        var other = await world.RegisterAsync(2);

        var problem = await Should.ThrowAsync<StageFailedException>(async () =>
            await world.Environment.StartAsync(
                1, await ServedModel.OfAsync(world.Store, other, CancellationToken.None), null, CancellationToken.None));

        problem.Message.ShouldContain("The model file is not the model that was deployed");
        (await world.Engine.RunAsync("ps", "--all", "--quiet")).Output.ShouldBeEmpty();
    }

    [DockerEngineFact]
    public async Task A_port_that_is_taken_is_told_and_nothing_is_left()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        await using var world = new DockerWorld(containers);
        var server = await world.StartAsync(1);

        var problem = await Should.ThrowAsync<UsageException>(() => world.Environment.ChangeAsync(
            null, routes => routes with { Baseline = server.Upstream, Change = DeliveryWorld.Change },
            ((System.Net.IPEndPoint)taken.LocalEndpoint).Port, 1, CancellationToken.None));

        problem.Findings.ShouldHaveSingleItem().What.ShouldBe("The port is in use");
        (await world.Engine.RunAsync("ps", "--all", "--quiet", "--no-trunc")).Output.Trim().ShouldBe(server.Container);
    }

    [DockerEngineFact]
    public async Task An_image_that_was_taken_away_is_loaded_again()
    {
        await using var world = new DockerWorld(containers);
        await world.Environment.StopAsync(await world.StartAsync(1), CancellationToken.None);
        (await world.Engine.RunAsync("image", "rm", "--force", "tiny:v1")).Code.ShouldBe(0);

        var version = (await world.Store.Versions(TinyModel.Pipeline).FindAsync(1, CancellationToken.None))!;
        var server = await world.StartAsync(version);

        server.Version.ShouldBe(1);
    }

    [DockerEngineFact]
    public async Task A_damaged_image_is_told_as_such_and_not_loaded()
    {
        await using var world = new DockerWorld(containers);
        var version = await world.RegisterAsync(91);
        var image = await VersionImage.FindAsync(world.Store, TinyModel.Pipeline, version.Number, CancellationToken.None);
        var layer =
            CanonicalJson.Deserialize<OciManifest>(await world.Store.Blobs.ReadAsync(image.Manifest, CancellationToken.None)).Layers[^1];
        await File.AppendAllTextAsync(world.Store.Blobs.PathOf(layer.Digest), "x");

        var problem = await Should.ThrowAsync<StageFailedException>(async () =>
            await world.StartAsync(version));

        problem.Findings.ShouldHaveSingleItem().What.ShouldBe("A part of the image is missing or damaged");
        (await world.Engine.RunAsync("ps", "--all", "--quiet")).Output.ShouldBeEmpty();
    }

    [DockerEngineFact]
    public async Task Where_keys_are_trusted_only_a_signed_image_starts()
    {
        await using var world = new DockerWorld(containers);
        var pair = Trust.Create();
        Directory.CreateDirectory(world["checkout/.nuke/keys"]);
        await File.WriteAllTextAsync(world["checkout/.nuke/keys/team.pem"], pair.Public);
        world.Store.Trust = Trust.Of(
            world["checkout"], DockerEnvironment.Name, new Dictionary<string, string> { [Trust.Variable] = pair.Private });
        (await world.StartAsync(1)).Version.ShouldBe(1);

        // Signed, but its provenance says that it was made of something else.
        var version = (await world.Store.Versions(TinyModel.Pipeline).FindAsync(1, CancellationToken.None))!;
        var image = await VersionImage.FindAsync(world.Store, TinyModel.Pipeline, 1, CancellationToken.None);
        await TinyImage.AttestAsync(world.Store, image.Name, image.Manifest, version, Digest.Of("another bundle"));
        (await Should.ThrowAsync<StageFailedException>(async () => await world.StartAsync(version)))
            .Findings.ShouldHaveSingleItem().What.ShouldBe("Nobody this environment trusts says that its image was made of its bundle");

        // Another image under the version's name: signed by nobody.
        var manifest = await world.Store.Blobs.ReadAsync(image.Manifest, CancellationToken.None);
        var other = await world.Store.Blobs.PutAsync((byte[])[.. manifest, (byte)' '], CancellationToken.None);
        await OciLayout.TagAsync(world.Store, "tiny:v1", other.Digest, null, CancellationToken.None);

        var problem = await Should.ThrowAsync<StageFailedException>(async () => await world.StartAsync(version));

        problem.Findings.ShouldHaveSingleItem().What.ShouldBe("Its image is not signed by anybody this environment trusts");
    }

    [DockerEngineFact]
    public async Task A_version_without_an_image_is_told()
    {
        await using var world = new DockerWorld(containers);
        var version = await TinyModel.RegisterAsync(world.Store, 1);

        (await Should.ThrowAsync<UsageException>(async () => await world.StartAsync(version)))
            .Message.ShouldContain("That version has no image");
    }
}
