using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>One docker-registry for all tests of a class; each takes a repository of its own.</summary>
public sealed class RegistryFixture : IAsyncLifetime
{
    public DockerRegistry? Registry { get; private set; }

    public async Task InitializeAsync() => Registry = DockerRegistry.Missing is null ? await DockerRegistry.StartAsync() : null;

    public Task DisposeAsync()
    {
        Registry?.Dispose();
        return Task.CompletedTask;
    }
}
