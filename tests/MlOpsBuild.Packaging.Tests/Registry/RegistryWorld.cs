using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>A client of a registry in memory; its pauses take no time.</summary>
internal sealed class RegistryWorld : IDisposable
{
    public const string User = "builder";
    public const string Password = "very-secret";

    public RegistryWorld(string address = "http://registry.test:5000/team/mlops", RegistryOptions? options = null, bool credentials = true)
    {
        Options = options ?? new() { ChunkBytes = 1000 };
        Client = new(RegistryAddress.Parse(address), credentials ? new(User, Password, "the test") : null, Registry, Time, Options);
    }

    public RegistryOptions Options { get; }

    public FakeRegistry Registry { get; } = new();

    public ManualTime Time { get; } = new();

    public TemporaryFolder Folder { get; } = new();

    public RegistryClient Client { get; }

    public string Target => Folder["target/blob"];

    public Task PushAsync(Blob blob) => Client.PushBlobAsync(blob.Digest, blob.In(Folder), null, CancellationToken.None);

    public Task<bool> PullAsync(Blob blob) => Client.TryPullBlobAsync(blob.Digest, Target, CancellationToken.None);

    /// <summary>What the registry holds under the blob's name.</summary>
    public byte[]? Stored(Blob blob) => Registry.Blobs.GetValueOrDefault(blob.Digest.ToString());

    public void Dispose()
    {
        Client.Dispose();
        Folder.Dispose();
    }
}
