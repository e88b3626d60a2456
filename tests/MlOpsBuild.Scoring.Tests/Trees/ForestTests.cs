using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Trees.Tests;

public sealed class ForestTests
{
    // x0 <= 1 ? leaf 10 : (x1 <= 5 ? leaf 20 : leaf 30)
    private static readonly DecisionTree Tree = new([~0, ~1], [1, ~2], [0, 1], [1, 5], [10, 20, 30]);

    [Theory]
    [InlineData(1, 9, 10)]
    [InlineData(1.0000001f, 5, 20)]
    [InlineData(2, 5.5, 30)]
    [InlineData(float.NaN, 0, 20)]
    [InlineData(float.NaN, float.NaN, 30)]
    [InlineData(float.NegativeInfinity, float.NaN, 10)]
    public void A_value_up_to_the_threshold_goes_left_and_a_missing_one_right(float first, float second, double leaf) =>
        Sum([first, second], Tree).ShouldBe(leaf);

    [Fact]
    public void A_missing_value_is_taken_for_what_its_node_says() =>
        Sum([float.NaN, float.NaN], Tree with { Missing = [0, 6] }).ShouldBe(10);

    [Fact]
    public void A_tree_without_a_split_is_its_leaf() => Sum([], new DecisionTree([], [], [], [], [7])).ShouldBe(7);

    [Fact]
    public void Trees_side_by_side_do_not_lead_into_one_another() =>
        Sum([2, 9], Tree, new([], [], [], [], [100]), Tree with { Missing = [1, 1] }, Tree with { Leaves = [1000, 2000, 3000] })
            .ShouldBe(30 + 100 + 30 + 3000);

    [Fact]
    public void Its_arrays_are_written_in_one_line_and_read_back_to_the_bit()
    {
        var tree = Tree with
        {
            Thresholds = [0.1f, float.MaxValue], Leaves = [1 / 3.0, double.Epsilon, -0.0], Missing = [float.NaN, float.PositiveInfinity]
        };
        var bytes = CanonicalJson.Serialize(tree);

        Encoding.UTF8.GetString(bytes).ShouldContain("\n  \"left\": [-1,-2],\n");
        CanonicalJson.Serialize(CanonicalJson.Deserialize<DecisionTree>(bytes)).ShouldBe(bytes);
        CanonicalJson.Deserialize<DecisionTree>(bytes).Leaves.Select(BitConverter.DoubleToInt64Bits)
            .ShouldBe(tree.Leaves.Select(BitConverter.DoubleToInt64Bits));
    }

    private static double Sum(float[] design, params DecisionTree[] trees) => new Forest(trees).Sum(design);
}
