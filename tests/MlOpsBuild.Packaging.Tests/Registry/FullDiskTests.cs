using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>Disks that are full, on either side.</summary>
public sealed class FullDiskTests
{
    [SmallDiskFact(WithRegistry = true)]
    public async Task A_registry_whose_disk_is_full_says_so_and_holds_no_half_blob()
    {
        using var disk = new SmallDisk();
        using var full = await DockerRegistry.StartAsync(disk.Path);
        using var registry = new ProxiedRegistry(full, "test/full");
        var blob = Blob.Of(3 << 20);

        var failure = await Should.ThrowAsync<StageFailedException>(
            registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.What.ShouldBe("The registry's disk is full");
        finding.Value.ShouldNotBeNull().ShouldContain("no space left on device");
        finding.Where.ShouldNotBeNull().ShouldNotContain("_state");
        registry.Proxy.Count("PATCH").ShouldBe(1, "trying again would only fill it more");
        (await registry.Client.ExistsAsync(blob.Digest, CancellationToken.None)).ShouldBeFalse();
    }

    [SmallDiskFact(WithRegistry = true)]
    public async Task A_disk_too_full_to_begin_an_upload_is_recognised_by_its_bare_error_number()
    {
        using var disk = new SmallDisk();
        using var full = await DockerRegistry.StartAsync(disk.Path);
        using var registry = new ProxiedRegistry(full, "test/full");
        await File.WriteAllBytesAsync(Path.Combine(disk.Path, "ballast"), new byte[1 << 20]);
        var blob = Blob.Of(10);

        var failure = await Should.ThrowAsync<StageFailedException>(
            registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().What.ShouldBe("The registry's disk is full");
    }

    [SmallDiskFact]
    public async Task A_full_disk_here_is_told_and_left_as_it_was()
    {
        using var disk = new SmallDisk();
        using var world = new RegistryWorld();
        var blob = world.Registry.Add(Blob.Of(3 << 20));
        var target = Path.Combine(disk.Path, "blob");
        await File.WriteAllTextAsync(target, "former content");

        var failure =
            await Should.ThrowAsync<StageFailedException>(world.Client.TryPullBlobAsync(blob.Digest, target, CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        (finding.What, finding.Where).ShouldBe(("The pulled blob cannot be written", target));
        finding.Value.ShouldNotBeNull().ShouldContain("No space left on device");
        Directory.GetFiles(disk.Path).ShouldBe([target]);
        (await File.ReadAllTextAsync(target)).ShouldBe("former content");
        world.Registry.Exchanges.Count.ShouldBe(1, "another download would fill the disk again");
    }

    [Fact]
    public async Task A_registry_that_speaks_of_a_full_disk_is_not_asked_again()
    {
        using var world = new RegistryWorld();
        world.Registry.Before = exchange => exchange.Method == HttpMethod.Post ? FakeRegistry.Answer(507) : null;
        var blob = Blob.Of(10);

        var failure = await Should.ThrowAsync<StageFailedException>(world.PushAsync(blob));

        failure.Findings.ShouldHaveSingleItem().What.ShouldBe("The registry's disk is full");
        world.Registry.Count(HttpMethod.Post).ShouldBe(1);
    }
}
