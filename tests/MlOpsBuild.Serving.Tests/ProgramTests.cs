using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Tests;

public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_wrong_call_ends_with_two()
    {
        (await Program.Main([])).ShouldBe(2);
        (await Program.Main(["serve"])).ShouldBe(2);
        (await Program.Main(["serve", _folder["missing.json"]])).ShouldBe(2);
        (await Program.Main(["serve", "one", "two", "three"])).ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_role_ends_with_two()
    {
        await File.WriteAllTextAsync(_folder["options.json"], "{}");

        (await Program.Main(["dance", _folder["options.json"]])).ShouldBe(2);
    }
}
