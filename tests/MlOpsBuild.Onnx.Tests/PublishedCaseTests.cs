using Microsoft.ML.OnnxRuntime;
using MlOpsBuild.Core;
using Xunit.Abstractions;

namespace MlOpsBuild.Onnx.Tests;

/// <summary>Files open and score as the ONNX project says.</summary>
public sealed class PublishedCaseTests(ITestOutputHelper output)
{
    private const double Relative = 1e-3;

    // Random ones; a number's text; and those where ONNX Runtime and ONNX 1.12 do not agree.
    private static readonly string[] Differing =
    [
        "test_bernoulli", "test_bernoulli_double", "test_bernoulli_double_expanded", "test_bernoulli_expanded", "test_bernoulli_seed",
        "test_bernoulli_seed_expanded",
        "test_training_dropout", "test_training_dropout_default", "test_training_dropout_default_mask", "test_training_dropout_mask",
        "test_cast_FLOAT_to_STRING", "test_castlike_FLOAT_to_STRING", "test_castlike_FLOAT_to_STRING_expanded",
        "test_dft", "test_dft_axis", "test_dft_inverse", "test_maxunpool_export_with_output_shape",
        "test_resize_downsample_scales_cubic_align_corners", "test_resize_downsample_scales_linear_align_corners", "test_stft",
        "test_stft_with_window",
    ];

    [PublishedCasesFact]
    public void Published_cases_give_their_published_outputs()
    {
        var results = PublishedCases.All.Select(folder => (Name: Path.GetFileName(folder), Result: Run(folder))).ToList();
        foreach (var group in results.GroupBy(result => result.Result))
        {
            output.WriteLine($"{group.Key}: {group.Count()}");
        }

        results.Count(result => result.Result == "same").ShouldBeGreaterThanOrEqualTo(820);
        results.Where(result => result.Result == "differs").Select(result => result.Name).ShouldBeSubsetOf(Differing);
        results.Where(result => result.Result.Contains("operator", StringComparison.Ordinal)).Select(result => result.Name).ShouldBe(
            [
                "test_adagrad", "test_adagrad_multiple", "test_adam", "test_adam_multiple", "test_momentum", "test_momentum_multiple",
                "test_nesterov_momentum"
            ],
            "optimisers, which no runtime for scoring has");
    }

    private static string Run(string folder)
    {
        var data = Path.Combine(folder, "test_data_set_0");
        try
        {
            using var session = OnnxFile.Open(File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
            if (session.InputMetadata.Values.Concat(session.OutputMetadata.Values).Any(value => !value.IsTensor))
            {
                return "no tensors";
            }

            var inputs = Tensors(data, "input_").ToList();
            var values = inputs.Select(input => input.ToValue()).ToList();
            if (values.Any(value => value == null))
            {
                return "kind not read here";
            }

            using var options = new RunOptions();
            using var outputs = session.Run(
                options, session.InputMetadata.Keys.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second!),
                session.OutputMetadata.Keys.ToList());
            var expected = Tensors(data, "output_").ToList();
            return expected.Any(tensor => tensor.Type == null) ? "kind not read here"
                : expected.Zip(outputs).All(pair => Same(pair.First.Elements, PublishedTensor.ElementsOf(pair.Second))) ? "same"
                : "differs";
        }
        catch (StageFailedException failure)
        {
            return failure.Findings[0].What;
        }
        catch (OnnxRuntimeException)
        {
            return "cannot be run";
        }
    }

    private static IEnumerable<PublishedTensor> Tensors(string folder, string kind) => Directory.GetFiles(folder, kind + "*.pb")
        .OrderBy(file => file.Length)
        .ThenBy(file => file, StringComparer.Ordinal)
        .Select(PublishedTensor.Read);

    private static bool Same(
        IReadOnlyList<object> expected, IReadOnlyList<object> found) => expected.Count == found.Count && expected.Zip(found).All(pair =>
        pair is { First: double mine, Second: double theirs }
            ? (double.IsNaN(mine) && double.IsNaN(theirs))
                || mine.Equals(theirs)
                || Math.Abs(mine - theirs) <= 1e-7 + (Relative * Math.Abs(mine))
            : pair.First.Equals(pair.Second));
}
