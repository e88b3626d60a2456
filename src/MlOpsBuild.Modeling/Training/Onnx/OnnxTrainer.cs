using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;

namespace MlOpsBuild.Modeling.Training.Onnx;

/// <summary>Takes a given ONNX file for the model.</summary>
/// <param name="Path">The file, below the checkout, or the address of a registered model.</param>
public sealed record OnnxTrainer(string Path) : TrainerSpec
{
    private const long Largest = 512 * 1024 * 1024;

    /// <inheritdoc />
    public override string Kind => "onnx";

    /// <inheritdoc />
    public override bool Standardises => false;

    /// <inheritdoc />
    public override bool FitsClasses => true;

    /// <inheritdoc />
    public override IReadOnlyList<string> Files => [Registered?.File ?? Path];

    /// <inheritdoc />
    [JsonIgnore]
    public override RegisteredModel? Registered => RegisteredModel.IsOne(Path) ? RegisteredModel.Parse(Path, Sha256) : null;

    /// <summary>The 64 hexadecimal digits of a registered model's SHA-256; null for a file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <inheritdoc />
    public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken)
    {
        var file = new FileInfo(System.IO.Path.GetFullPath(Files[0], rows.Root));
        if (file.Length > Largest)
        {
            throw new StageFailedException(new Finding(
                "MLB2038", "The ONNX file is too large", Path, $"{file.Length} bytes", $"at most {Largest} bytes", "take a smaller model"));
        }

        return ForeignCheck.Passed(rows, new OnnxModel
        {
            Target = rows.Target, Classes = rows.Classes, Fields = rows.Fields, Transform = rows.Transform,
            File = File.ReadAllBytes(file.FullName),
        }, cancellationToken);
    }
}
