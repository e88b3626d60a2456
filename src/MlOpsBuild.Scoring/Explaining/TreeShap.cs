using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring.Explaining;

/// <summary>
/// Shapley values of the columns for the value of one tree, where an unknown column takes both ways in the shares of the training rows that
/// took them: algorithm 2 of Lundberg, Erion and Lee 2018, "Consistent individualized feature attribution for tree ensembles". It takes
/// leaves × depth² steps, where going through all subsets of columns would take powers of two.
/// </summary>
internal readonly ref struct TreeShap
{
    private readonly DecisionTree _tree;
    private readonly double[] _rows;
    private readonly ReadOnlySpan<float> _design;
    private readonly Span<double> _values;
    private readonly double _factor;

    private TreeShap(DecisionTree tree, ReadOnlySpan<float> design, Span<double> values, double factor)
    {
        _tree = tree;
        _rows = tree.CountRows();
        _design = design;
        _values = values;
        _factor = factor;
    }

    /// <summary>Adds what each column adds to the value of <paramref name="tree"/>, times <paramref name="factor"/>.</summary>
    /// <param name="tree">The tree, with its rows.</param>
    /// <param name="design">The design row.</param>
    /// <param name="values">Sums by column of the design row.</param>
    /// <param name="factor">What the tree's value counts.</param>
    public static void Add(DecisionTree tree, ReadOnlySpan<float> design, Span<double> values, double factor)
    {
        if (tree.Features.Length > 0)
        {
            new TreeShap(tree, design, values, factor).Visit(0, [], 1, 1, -1);
        }
    }

    // A step of the path to a node: the column asked, the share of rows that come through when it is unknown (zero) and when it is known
    // (one), and the weight of subsets of that size.
    private void Visit(int node, ReadOnlySpan<Step> before, double zero, double one, int column)
    {
        var path = new Step[before.Length + 1];
        before.CopyTo(path);
        Extend(path, zero, one, column);
        if (node < 0)
        {
            var value = _tree.Leaves[~node] * _factor;
            for (var at = 1; at < path.Length; at++)
            {
                _values[path[at].Column] += UnwoundSum(path, at) * (path[at].One - path[at].Zero) * value;
            }

            return;
        }

        var feature = _tree.Features[node];
        var (hot, cold) = _tree.GoesLeft(node, _design[feature])
            ? (_tree.Left[node], _tree.Right[node])
            : (_tree.Right[node], _tree.Left[node]);
        var (knownZero, knownOne) = (1.0, 1.0);
        var earlier = Array.FindIndex(path, 1, step => step.Column == feature);
        if (earlier >= 0)
        {
            (knownZero, knownOne) = (path[earlier].Zero, path[earlier].One);
            path = Unwound(path, earlier);
        }

        var all = Rows(node);
        Visit(hot, path, knownZero * Rows(hot) / all, knownOne, feature);
        Visit(cold, path, knownZero * Rows(cold) / all, 0, feature);
    }

    private double Rows(int node) => node >= 0 ? _rows[node] : _tree.RowsOf(~node);

    private static void Extend(Span<Step> path, double zero, double one, int column)
    {
        var last = path.Length - 1;
        path[last] = new(column, zero, one, last == 0 ? 1 : 0);
        for (var at = last - 1; at >= 0; at--)
        {
            var weight = path[at].Weight;
            path[at + 1] = path[at + 1] with { Weight = path[at + 1].Weight + (one * weight * (at + 1) / (last + 1)) };
            path[at] = path[at] with { Weight = weight * zero * (last - at) / (last + 1) };
        }
    }

    private static Step[] Unwound(Step[] path, int index)
    {
        var last = path.Length - 1;
        var (zero, one, next) = (path[index].Zero, path[index].One, path[last].Weight);
        var left = path.ToArray();
        for (var at = last - 1; at >= 0; at--)
        {
            var weight = one != 0 ? next * (last + 1) / ((at + 1) * one) : left[at].Weight * (last + 1) / (zero * (last - at));
            next = one != 0 ? left[at].Weight - (weight * zero * (last - at) / (last + 1)) : next;
            left[at] = left[at] with { Weight = weight };
        }

        for (var at = index; at < last; at++)
        {
            left[at] = left[at + 1] with { Weight = left[at].Weight };
        }

        return left[..last];
    }

    private static double UnwoundSum(Step[] path, int index)
    {
        var last = path.Length - 1;
        var (zero, one, next, sum) = (path[index].Zero, path[index].One, path[last].Weight, 0.0);
        for (var at = last - 1; at >= 0; at--)
        {
            if (one != 0)
            {
                var weight = next * (last + 1) / ((at + 1) * one);
                sum += weight;
                next = path[at].Weight - (weight * zero * (last - at) / (last + 1));
            }
            else
            {
                sum += path[at].Weight * (last + 1) / (zero * (last - at));
            }
        }

        return sum;
    }

    private readonly record struct Step(int Column, double Zero, double One, double Weight);
}
