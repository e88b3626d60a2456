using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;

namespace MlOpsBuild.Modeling.Training;

/// <summary>Opens a foreign model and lets it score some of the training rows: what cannot be served must not leave training.</summary>
internal static class ForeignCheck
{
    private const int Scored = 100;

    /// <summary>The model.</summary>
    /// <exception cref="StageFailedException">It cannot be opened, or gives no finite predictions.</exception>
    public static T Passed<T>(TrainingRows rows, T model, CancellationToken cancellationToken) where T : ForeignModel
    {
        try
        {
            Require(rows, model, cancellationToken);
            return model;
        }
        finally
        {
            model.Close();
        }
    }

    private static void Require(TrainingRows rows, ForeignModel model, CancellationToken cancellationToken)
    {
        model.Start();
        foreach (var (position, row) in rows.Inputs().Take(Scored).Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (model.Predict(row.Input) is { IsFinite: false } prediction)
            {
                throw new StageFailedException(new Finding(
                    "MLB2031", "The model's prediction is no finite number",
                    string.Create(CultureInfo.InvariantCulture, $"training row {position + 1}"), prediction.ToString(), "finite numbers",
                    "missing values may need a default: .Number(x => x.Age, missing: 0)"));
            }
        }
    }
}
