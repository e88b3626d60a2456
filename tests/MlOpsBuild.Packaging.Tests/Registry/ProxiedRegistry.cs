using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>A client whose every byte to and from a real registry passes a proxy with faults; its pauses take no time.</summary>
internal sealed class ProxiedRegistry : IDisposable
{
    public const int Chunk = 2 << 20;

    public ProxiedRegistry(DockerRegistry registry, string repository)
    {
        Proxy = FaultyProxy.Before(registry.Endpoint);
        Client = ClientFor(repository, new(DockerRegistry.User, DockerRegistry.Password, "the test"));
    }

    public FaultyProxy Proxy { get; }

    public RegistryClient Client { get; }

    public ManualTime Time { get; } = new();

    public TemporaryFolder Folder { get; } = new();

    public RegistryClient ClientFor(string repository, RegistryCredentials? credentials)
    {
        var address = RegistryAddress.Parse($"{Proxy.Address.Authority}/{repository}");
        return new(address, credentials, RegistryClient.HandlerFor(address), Time, new() { ChunkBytes = Chunk });
    }

    /// <summary>Digest of what the registry holds under <paramref name="blob"/>'s name, taken from the pulled file.</summary>
    public async Task<Digest?> StoredAsync(Blob blob)
    {
        var path = Folder["stored"];
        return await Client.TryPullBlobAsync(blob.Digest, path, CancellationToken.None)
            ? Digest.Of(await File.ReadAllBytesAsync(path))
            : null;
    }

    public void Dispose()
    {
        Client.Dispose();
        Proxy.Dispose();
        Folder.Dispose();
    }
}
