using Microsoft.ML;
using Microsoft.ML.Data;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.MlNet;

/// <summary>The columns that a chain gets: each field under its name, the declared features, the label.</summary>
public static class FieldSchema
{
    /// <summary>The column of declared features.</summary>
    public const string Features = "Features";

    /// <summary>The column to learn: a number, a bool, or a key of the classes.</summary>
    public const string Label = "Label";

    /// <summary>The columns.</summary>
    /// <param name="fields">The model's inputs.</param>
    /// <param name="width">How many numbers the features make.</param>
    /// <param name="classes">The classes; null where numbers are predicted.</param>
    public static DataViewSchema Of(IReadOnlyList<FieldRule> fields, int width, ClassSet? classes)
    {
        var schema = new DataViewSchema.Builder();
        foreach (var field in fields)
        {
            schema.AddColumn(field.Name, IsText(field) ? TextDataViewType.Instance : NumberDataViewType.Single);
        }

        // Last, so that a field of the same name is hidden and not they.
        schema.AddColumn(Features, new VectorDataViewType(NumberDataViewType.Single, width));
        switch (classes)
        {
            case null:
                schema.AddColumn(Label, NumberDataViewType.Single);
                break;
            case { IsBinary: true }:
                schema.AddColumn(Label, BooleanDataViewType.Instance);
                break;
            default:
                schema.AddColumn(Label, new KeyDataViewType(typeof(uint), classes.Names.Count), Keys(classes));
                break;
        }

        return schema.ToSchema();
    }

    /// <summary>Whether a field is a text for the chain.</summary>
    public static bool IsText(FieldRule field) => field.Kind is FieldKind.Category or FieldKind.Text;

    private static DataViewSchema.Annotations Keys(ClassSet classes)
    {
        var names = new VBuffer<ReadOnlyMemory<char>>(classes.Names.Count, [.. classes.Names.Select(name => name.AsMemory())]);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(
            "KeyValues", new VectorDataViewType(TextDataViewType.Instance, classes.Names.Count),
            (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        return annotations.ToAnnotations();
    }
}
