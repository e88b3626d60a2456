using System.Numerics;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring.Explaining.Tests;

/// <summary>Beside what the definition says, gone through subset by subset.</summary>
public sealed class TreeShapTests
{
    /// <summary>x0 ≤ 1: 10, of 6 rows; else x1 ≤ 5: 20, of 3 rows, or 30, of 1. By hand for a row that ends at 30.</summary>
    [Fact]
    public void A_small_tree_is_told_as_by_hand()
    {
        var tree = new DecisionTree([~0, ~1], [1, ~2], [0, 1], [1, 5], [10, 20, 30], Rows: [6, 3, 1]);
        var values = new double[2];

        TreeShap.Add(tree, [2, 9], values, 1);

        // Mean 15; x0 known 22.5; x1 known 0.6 × 10 + 0.4 × 30 = 18; both 30.
        values.ShouldBe([((22.5 - 15) + (30 - 18)) / 2, ((18 - 15) + (30 - 22.5)) / 2]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Random_trees_are_told_as_by_all_subsets_of_their_columns(int columns)
    {
        for (var seed = 0UL; seed < 120; seed++)
        {
            var random = new SplitMix64((seed * 100) + (ulong)columns);
            var tree = Tree(random, columns, 1 + random.NextInt(14));
            float[] design = [.. Enumerable.Range(0, columns).Select(_ => random.NextInt(8) == 0 ? float.NaN : (float)random.NextInt(10))];
            var values = new double[columns];

            TreeShap.Add(tree, design, values, 1);

            for (var column = 0; column < columns; column++)
            {
                values[column].ShouldBe(ByAllSubsets(tree, design, columns, column), 1e-10, $"seed {seed}, column {column}");
            }
        }
    }

    [Fact]
    public void Deep_trees_add_up_to_their_value()
    {
        for (var seed = 0UL; seed < 60; seed++)
        {
            var random = new SplitMix64(seed);
            var tree = Tree(random, 12, 200);
            float[] design = [.. Enumerable.Range(0, 12).Select(_ => (float)random.NextInt(10))];
            var values = new double[12];

            TreeShap.Add(tree, design, values, 1);

            (Known(tree, design, 0, 0) + values.Sum()).ShouldBe(tree.Leaves[tree.LeafOf(design)], 1e-9, $"seed {seed}");
        }
    }

    [Fact]
    public void A_column_that_no_way_asks_adds_nothing_and_a_tree_without_a_split_neither()
    {
        var values = new double[2];

        TreeShap.Add(new([~0], [~1], [0], [1], [3, 5], Rows: [2, 2]), [9, 9], values, 2);
        TreeShap.Add(new([], [], [], [], [7], Rows: [4]), [9, 9], values, 1);

        values.ShouldBe([2, 0]);
    }

    [Fact]
    public void A_missing_value_goes_where_the_tree_sends_it()
    {
        var tree = new DecisionTree([~0], [~1], [0], [1], [3, 5], Rows: [1, 1]);
        var (stays, taken) = (new double[1], new double[1]);

        TreeShap.Add(tree, [float.NaN], stays, 1);
        TreeShap.Add(tree with { Missing = [0] }, [float.NaN], taken, 1);

        (stays[0], taken[0]).ShouldBe((1, -1));
    }

    // Shapley 1953: the mean over all orders of what the column adds to those before it.
    private static double ByAllSubsets(DecisionTree tree, float[] design, int columns, int column)
    {
        var sum = 0.0;
        for (var subset = 0; subset < 1 << columns; subset++)
        {
            if ((subset & (1 << column)) == 0)
            {
                var size = BitOperations.PopCount((uint)subset);
                sum += Factorial(size) * Factorial(columns - size - 1) / Factorial(columns)
                    * (Known(tree, design, subset | (1 << column), 0) - Known(tree, design, subset, 0));
            }
        }

        return sum;
    }

    // The value when only some columns are known (algorithm 1 of Lundberg, Erion and Lee 2018).
    private static double Known(DecisionTree tree, float[] design, int known, int node)
    {
        if (node < 0 || tree.Features.Length == 0)
        {
            return tree.Leaves[node < 0 ? ~node : 0];
        }

        var (left, right) = (tree.Left[node], tree.Right[node]);
        if ((known & (1 << tree.Features[node])) != 0)
        {
            return Known(tree, design, known, tree.GoesLeft(node, design[tree.Features[node]]) ? left : right);
        }

        var (lefts, rights) = (Rows(tree, left), Rows(tree, right));
        return ((lefts * Known(tree, design, known, left)) + (rights * Known(tree, design, known, right))) / (lefts + rights);
    }

    private static double Rows(DecisionTree tree, int node) =>
        node < 0 ? tree.Rows![~node] : Rows(tree, tree.Left[node]) + Rows(tree, tree.Right[node]);

    private static double Factorial(int number) => number < 2 ? 1 : number * Factorial(number - 1);

    // Leaves are split at random until there are enough; columns come more than once on a way.
    private static DecisionTree Tree(SplitMix64 random, int columns, int splits)
    {
        var (left, right) = (new int[splits], new int[splits]);
        var open = new List<(int Node, bool IsLeft)>();
        for (var node = 0; node < splits; node++)
        {
            if (node > 0)
            {
                var at = random.NextInt(open.Count);
                var (parent, isLeft) = open[at];
                open.RemoveAt(at);
                (isLeft ? left : right)[parent] = node;
            }

            open.AddRange([(node, true), (node, false)]);
        }

        foreach (var (leaf, (parent, isLeft)) in open.Index())
        {
            (isLeft ? left : right)[parent] = ~leaf;
        }

        return new(
            left, right, [.. left.Select(_ => random.NextInt(columns))], [.. left.Select(_ => random.NextInt(9) + 0.5f)],
            [.. open.Select(_ => random.NextNormal())], [.. left.Select(_ => random.NextInt(2) == 0 ? float.NaN : 3)],
            [.. open.Select(_ => 1 + random.NextInt(50))]);
    }
}
