using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Servers.Tests;

public sealed class NativeServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NativeServerTests()
    {
        Directory.CreateDirectory(_folder["server"]);
        File.WriteAllText(_folder["server/mlops-server.dll"], "managed");
        File.WriteAllText(_folder["server/server.sources"], "abc\n");
        File.WriteAllText(_folder["compiled"], "native");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_without_a_native_program_has_none() => (await FindAsync()).ShouldBeNull();

    [Fact]
    public async Task A_program_is_found_where_it_was_put_and_may_be_run()
    {
        await PutAsync();

        var found = (await FindAsync()).ShouldNotBeNull();
        found.Runtime.ShouldBe("10.0.1");
        (await File.ReadAllTextAsync(found.Program)).ShouldBe("native");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(found.Program).HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherExecute).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("def")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_program_of_other_sources_is_none(string? sources)
    {
        await PutAsync();

        File.Delete(_folder["server/server.sources"]);
        if (sources != null)
        {
            await File.WriteAllTextAsync(_folder["server/server.sources"], sources);
        }

        (await FindAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    public async Task Damaged_facts_are_none(string facts)
    {
        await PutAsync();

        await File.WriteAllTextAsync(
            Path.Combine(_folder["server"], NativeServer.PlaceOf(NativeServer.ThisMachine), NativeServerFacts.FileName), facts);

        (await FindAsync()).ShouldBeNull();
    }

    private Task<NativeServer?> FindAsync() => NativeServer.FindAsync(_folder["server"], NativeServer.ThisMachine, CancellationToken.None);

    private async Task PutAsync() =>
        await NativeServer.PutAsync(
            _folder["server"], NativeServer.ThisMachine, _folder["compiled"],
            (await NativeServer.SourcesAsync(_folder["server"], CancellationToken.None))!, "10.0.1", CancellationToken.None);
}
