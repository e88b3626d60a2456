using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.Trainers.LightGbm;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Modeling.Explaining.Tests;

/// <summary>LightGBM by its C interface: a model, what it says its predictions are made of, and its trees as we keep them.</summary>
internal sealed class NativeLightGbm : IDisposable
{
    private const int Double = 1;
    private const int Single = 0;
    private const int Contributions = 3;
    private readonly nint _library = NativeLibrary.Load("lib_lightgbm", typeof(LightGbmRegressionTrainer).Assembly, null);
    private readonly nint _data;
    private readonly nint _booster;
    private readonly int _columns;

    public NativeLightGbm(double[] rows, float[] labels, int columns, int trees, string parameters)
    {
        _columns = columns;
        Require(Call<CreateData>("LGBM_DatasetCreateFromMat")(rows, Double, labels.Length, columns, 1, parameters, 0, out _data));
        Require(Call<SetField>("LGBM_DatasetSetField")(_data, "label", labels, labels.Length, Single));
        Require(Call<CreateBooster>("LGBM_BoosterCreate")(_data, parameters, out _booster));
        for (var tree = 0; tree < trees; tree++)
        {
            Require(Call<Update>("LGBM_BoosterUpdateOneIter")(_booster, out _));
        }
    }

    private delegate int CreateData(
        double[] rows, int type, int count, int columns, int byRow, [MarshalAs(UnmanagedType.LPStr)] string parameters, nint reference,
        out nint data);

    private delegate int SetField(nint data, [MarshalAs(UnmanagedType.LPStr)] string name, float[] values, int count, int type);

    private delegate int CreateBooster(nint data, [MarshalAs(UnmanagedType.LPStr)] string parameters, out nint booster);

    private delegate int Update(nint booster, out int finished);

    private delegate int Predict(
        nint booster, double[] rows, int type, int count, int columns, int byRow, int kind, int start, int trees,
        [MarshalAs(UnmanagedType.LPStr)] string parameters, out long length, double[] result);

    private delegate int Save(nint booster, int start, int trees, int importance, long size, out long length, byte[] text);

    private delegate int Free(nint handle);

    /// <summary>For each row what each column adds, and in the end the mean.</summary>
    public double[][] Explain(double[] rows, int count)
    {
        var result = new double[count * (_columns + 1)];
        Require(Call<Predict>("LGBM_BoosterPredictForMat")(
            _booster, rows, Double, count, _columns, 1, Contributions, 0, -1, "", out _, result));
        return [.. result.Chunk(_columns + 1)];
    }

    /// <summary>The trees, read from LightGBM's own text.</summary>
    public IReadOnlyList<DecisionTree> Trees()
    {
        var text = new byte[10_000_000];
        Require(Call<Save>("LGBM_BoosterSaveModelToString")(_booster, 0, -1, 0, text.Length, out var length, text));
        return
        [
            .. Encoding.UTF8.GetString(text, 0, (int)length - 1).Split("\nTree=").Skip(1)
                .Select(tree => tree.Split('\n')
                    .Select(line => line.Split('=', 2))
                    .Where(pair => pair.Length == 2)
                    .DistinctBy(pair => pair[0])
                    .ToDictionary(pair => pair[0], pair => pair[1]))
                .Select(tree => new DecisionTree(
                    Numbers(tree["left_child"], int.Parse), Numbers(tree["right_child"], int.Parse),
                    Numbers(tree["split_feature"], int.Parse), Numbers(tree["threshold"], float.Parse),
                    Numbers(tree["leaf_value"], double.Parse), Rows: Numbers(tree["leaf_count"], int.Parse))),
        ];
    }

    public void Dispose()
    {
        Call<Free>("LGBM_BoosterFree")(_booster);
        Call<Free>("LGBM_DatasetFree")(_data);
    }

    private static T[] Numbers<T>(string text, Func<string, IFormatProvider, T> parse) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => parse(part, CultureInfo.InvariantCulture))];

    private static void Require(int code) => code.ShouldBe(0, "LightGBM's code for success");

    private T Call<T>(string name) where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, name));
}
