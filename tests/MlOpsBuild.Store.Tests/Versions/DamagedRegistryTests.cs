using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Versions.Tests;

public sealed class DamagedRegistryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_damaged_alias_file_is_named_and_left_as_it_is()
    {
        var path = _folder[".mlops/registry/Demand/aliases/champion/00001.json"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "[{");
        var registry = MlOpsStore.At(_folder.Path, new ManualTime()).Versions("Demand");

        var failure = await Should.ThrowAsync<StageFailedException>(registry.ResolveAsync("champion", CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Where.ShouldBe(path);
        (await File.ReadAllTextAsync(path)).ShouldBe("[{");
    }
}
