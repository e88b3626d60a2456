namespace MlOpsBuild.Modeling.Evaluation.Tests;

public sealed class JoinedBlocksTests
{
    [Theory]
    [InlineData(new[] { 1, 2, 3 }, new[] { 7, 8, 9 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 1, 1, 3 }, new[] { 7, 8, 9 }, new[] { 0, 0, 2 })]
    [InlineData(new[] { 1, 1, 3, 4 }, new[] { 7, 8, 8, 9 }, new[] { 0, 0, 0, 3 })]
    [InlineData(new[] { 1, 2, 3, 4 }, new[] { 5, 5, 5, 5 }, new[] { 0, 0, 0, 0 })]
    [InlineData(new[] { 1, 2, 1, 2, 3 }, new[] { 9, 8, 7, 6, 7 }, new[] { 0, 1, 0, 1, 0 })]
    [InlineData(new int[0], new int[0], new int[0])]
    public void Rows_that_are_together_in_either_are_together(int[] one, int[] other, int[] joined)
    {
        Same(JoinedBlocks.Of(one, other)).ShouldBe(Same(joined));
        Same(JoinedBlocks.Of(other, one)).ShouldBe(Same(joined));
    }

    private static int[] Same(int[] blocks) => [.. blocks.Select(block => Array.IndexOf(blocks, block))];
}
