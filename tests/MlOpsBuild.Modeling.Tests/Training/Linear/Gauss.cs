namespace MlOpsBuild.Modeling.Training.Linear.Tests;

/// <summary>Ridge by elimination on the plain normal equations: another way to the same numbers.</summary>
internal static class Gauss
{
    /// <summary>Minimises Σ(y − Xw)² + l2·Σw², the first weight left free.</summary>
    public static double[] Ridge(double[][] design, double[] target, double l2)
    {
        var width = design[0].Length;
        var system = new double[width][];
        for (var i = 0; i < width; i++)
        {
            system[i] = new double[width + 1];
            for (var j = 0; j < width; j++)
            {
                system[i][j] = design.Sum(row => row[i] * row[j]) + (i == j && i > 0 ? l2 : 0);
            }

            system[i][width] = design.Zip(target, (row, label) => row[i] * label).Sum();
        }

        return Solve(system);
    }

    private static double[] Solve(double[][] system)
    {
        for (var pivot = 0; pivot < system.Length; pivot++)
        {
            var best = Enumerable.Range(pivot, system.Length - pivot).MaxBy(row => Math.Abs(system[row][pivot]));
            (system[pivot], system[best]) = (system[best], system[pivot]);
            for (var row = 0; row < system.Length; row++)
            {
                var factor = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
                for (var column = pivot; factor != 0 && column <= system.Length; column++)
                {
                    system[row][column] -= factor * system[pivot][column];
                }
            }
        }

        return [.. system.Select((row, index) => row[^1] / row[index])];
    }
}
