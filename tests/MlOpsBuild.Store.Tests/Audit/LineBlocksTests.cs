using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Audit.Tests;

public sealed class LineBlocksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Log => _folder["log"];

    public void Dispose() => _folder.Dispose();

    /// <summary>Lines of all lengths, over the ends of blocks of a mebibyte, with and without an end of the last one.</summary>
    [Theory]
    [InlineData(1, 200_000, 30, true)]
    [InlineData(2, 200_000, 30, false)]
    [InlineData(3, 40, 300_000, true)]
    [InlineData(4, 3, 3_000_000, false)]
    [InlineData(5, 1, 5, false)]
    [InlineData(6, 1, 0, true)]
    public async Task Both_directions_read_the_same_lines_as_the_runtime_does(ulong seed, int count, int longest, bool ended)
    {
        var random = new SplitMix64(seed);
        var text = string.Join(
            '\n', Enumerable.Range(0, count).Select(line => $"{line}:{new string('x', (int)(random.NextDouble() * longest))}"));
        File.WriteAllText(Log, ended ? text + "\n" : text);
        var expected = File.ReadAllLines(Log);

        (await ForwardsAsync()).SequenceEqual(expected).ShouldBeTrue();
        (await BackwardsAsync()).SequenceEqual(expected.Reverse()).ShouldBeTrue();
    }

    [Fact]
    public async Task Each_line_says_where_it_ends()
    {
        File.WriteAllText(Log, "one\ntwo\nhalf");
        var ends = new List<(string, long)>();

        await foreach (var (line, end) in LineBlocks.LinesAsync(Log, 4, CancellationToken.None))
        {
            ends.Add((Encoding.UTF8.GetString(line.Span), end));
        }

        ends.ShouldBe([("two\n", 8), ("half", 12)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_empty_file_and_none_have_no_lines(string? content)
    {
        if (content != null)
        {
            File.WriteAllText(Log, content);
        }

        (await ForwardsAsync()).ShouldBeEmpty();
        (await BackwardsAsync()).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<string>> ForwardsAsync()
    {
        var lines = new List<string>();
        await foreach (var (line, _) in LineBlocks.LinesAsync(Log, 0, CancellationToken.None))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span).TrimEnd('\n'));
        }

        return lines;
    }

    private async Task<IReadOnlyList<string>> BackwardsAsync()
    {
        var lines = new List<string>();
        await foreach (var block in LineBlocks.BackwardsAsync(Log, CancellationToken.None))
        {
            lines.AddRange(Encoding.UTF8.GetString(block.Span).TrimEnd('\n').Split('\n').Reverse());
        }

        return lines;
    }
}
