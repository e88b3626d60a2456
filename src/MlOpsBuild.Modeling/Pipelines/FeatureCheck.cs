using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Splitting;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>What is wrong with features: columns that they cannot be made of, and earlier rows that are none.</summary>
internal sealed class FeatureCheck(string pipeline, DataContract contract)
{
    public IEnumerable<Finding> Of(IReadOnlyList<FeatureSpec> features, HoldOut? holdOut)
    {
        foreach (var feature in features.Where(feature => feature.Past == null))
        {
            foreach (var column in feature.Columns)
            {
                if (feature.Expected(contract[column].Rule.Kind) is { } expected)
                {
                    yield return new(
                        "MLB2018", "No such feature can be made of this column", $"pipeline {pipeline}",
                        $"{feature.Describe()}, which is {contract[column].Rule.Describe()}", expected,
                        "take another feature, or change the property");
                }
            }
        }

        if (features.FirstOrDefault(feature => feature.Past != null) is not { } past)
        {
            yield break;
        }

        if (contract.Columns.All(column => column.Timestamp != TimestampPart.Day))
        {
            yield return new(
                "MLB2019", "Rows without times have no earlier rows", $"pipeline {pipeline}", past.Describe(),
                "a property marked [Timestamp]", "mark one, or remove the feature");
        }
        else if (holdOut is not (null or LastDays))
        {
            yield return new(
                "MLB2020", "Earlier rows may be held-out ones: training would see their labels", $"pipeline {pipeline}", holdOut.Describe(),
                ".HoldOut(last: …)", "hold out the last days, or remove .Lag(…) and .Rolling(…)");
        }
    }
}
